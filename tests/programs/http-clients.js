// Parallel clients: node http-clients.js PORT COUNT SIZE
//
// Sends COUNT requests at once over as many connections, and compares what comes back with the SIZE bytes that were
// sent, other ones in each.

'use strict';

const http = require('http');
const { bytes, checkSame, run } = require('./data.js');

const [port, count, size] = process.argv.slice(2).map(Number);
let answers = 0;

function exchange(client) {
    const sent = bytes(client, size);

    return new Promise((resolve, reject) => {
        http.request({ host: '127.0.0.1', port, method: 'POST', path: `/${client}`, agent: false }, (response) => {
            const chunks = [];

            response.on('data', (chunk) => chunks.push(chunk));
            response.on('error', reject);
            response.on('end', () => {
                answers++;
                resolve(checkSame(`client ${client}`, Buffer.concat(chunks), sent));
            });
        }).on('error', reject).end(sent);
    });
}

run(async () => {
    await Promise.all(Array.from({ length: count }, (_, client) => exchange(client)));
    console.log(`HTTP: ${count} clients at once, ${size} bytes each there and back, the same`);
}, () => `${answers} of ${count} clients have their answer`);
