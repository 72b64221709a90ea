// A UDP echo: node udp.js COUNT STEP
//
// Sends COUNT datagrams, each of STEP bytes more than the one before, from one socket of the process to another, which
// sends them back, and compares them and the addresses that they come from. The first one is empty.

'use strict';

const dgram = require('dgram');
const { bytes, checkSame, run } = require('./data.js');

const [count, step] = process.argv.slice(2).map(Number);
let echoes = 0;

function bound() {
    return new Promise((resolve, reject) => {
        const socket = dgram.createSocket('udp4');

        socket.on('error', reject);
        socket.bind(0, '127.0.0.1', () => resolve(socket));
    });
}

function echo(client, server, data) {
    return new Promise((resolve) => {
        client.once('message', (got, from) => {
            checkSame(`datagram ${echoes}`, got, data);
            if (from.port !== server.address().port) throw new Error(`an echo came from port ${from.port}`);
            resolve();
        });
        client.send(data, server.address().port, '127.0.0.1');
    });
}

run(async () => {
    const [client, server] = await Promise.all([bound(), bound()]);

    server.on('message', (data, from) => server.send(data, from.port, from.address));
    while (echoes < count) {
        await echo(client, server, bytes(echoes, echoes * step));
        echoes++;
    }
    client.close();
    server.close();
    console.log(`UDP: ${count} datagrams of 0 to ${(count - 1) * step} bytes and their echoes, the same`);
}, () => `${echoes} of ${count} echoes have come`);
