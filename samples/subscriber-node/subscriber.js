// Prints the catalog's events as they arrive. Knows AMQP 0-9-1 and CloudEvents 1.0, and nothing of MassTransit or .NET.
import amqp from 'amqplib';

const queue = 'sample-subscriber-node';
const types = ['AuthorCreated', 'AuthorUpdated', 'AuthorDeleted', 'AuthorRestored', 'BookCreated', 'BookUpdated', 'BookDeleted', 'BookRestored', 'ImportCompleted'];

const connection = await amqp.connect(process.env.LIBRARY_RABBITMQ ?? 'amqp://guest:guest@127.0.0.1:5672/');
const channel = await connection.createChannel();

// A durable queue keeps the events while this program is away. The exchanges are Library's; declaring them as they are does no harm.
await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
for (const type of types) {
  const exchange = `Library.Contracts.Events:${type}`;
  await channel.assertExchange(exchange, 'fanout', { durable: true });
  await channel.bindQueue(queue, exchange, '');
}

// Events come in position order, each at least once. A real subscriber stores this position together with what it does with the event.
let lastPosition = 0;

await channel.prefetch(100);
await channel.consume(queue, (message) => {
  if (message === null) throw new Error(`queue ${queue} was deleted`);
  const { headers } = message.properties;
  const event = JSON.parse(message.content);
  if (event.position > lastPosition) {
    if (lastPosition > 0 && event.previousPosition !== lastPosition) console.log(`missed: ${lastPosition} to ${event.previousPosition}`);
    lastPosition = event.position;
    console.log(event.position, headers['cloudEvents:time'], headers['cloudEvents:type'], headers['cloudEvents:subject'], event.author?.name ?? event.book?.title);
  }
  channel.ack(message);
});
console.log(`bound ${queue}; Ctrl-C ends`);

process.once('SIGINT', () => connection.close());
