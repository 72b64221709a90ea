// A TCP connection with both directions in use at once: node transfer.js SIZE
//
// Sends SIZE bytes from either end to the other, and compares them. Neither end closes before all has come: of an end
// that was shut down for sending meanwhile, stock Wine 8.0 lost some of what was still to come in 3 of 20 runs.

'use strict';

const net = require('net');
const { bytes, checkSame, run } = require('./data.js');

const size = Number(process.argv[2]);
const received = { client: 0, server: 0 };

function exchange(name, socket, seed, otherSeed) {
    return new Promise((resolve, reject) => {
        const chunks = [];

        socket.on('error', reject);
        socket.on('close', () => reject(new Error(`${name}: closed after ${received[name]} bytes`)));
        socket.on('data', (chunk) => {
            chunks.push(chunk);
            received[name] += chunk.length;
            if (received[name] >= size) resolve(Buffer.concat(chunks));
        });
        socket.write(bytes(seed, size));
    }).then((got) => checkSame(name, got, bytes(otherSeed, size)));
}

run(async () => {
    const server = net.createServer();
    const accepted = new Promise((resolve) => server.once('connection', resolve));

    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = net.connect({ port: server.address().port, host: '127.0.0.1' });
    const other = await accepted;
    await Promise.all([exchange('client', client, 1, 2), exchange('server', other, 2, 1)]);
    client.end();
    other.end();
    server.close();
    console.log(`TCP: ${size} bytes in both directions at once, the same`);
}, () => `of ${size} bytes the client has ${received.client}, the server ${received.server}`);
