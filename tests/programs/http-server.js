// An HTTP server: node http-server.js COUNT
//
// Prints its port. Answers no request before COUNT of them are here, so that as many connections are open at once, each
// of them with the body that it came with; and ends.

'use strict';

const http = require('http');
const { run } = require('./data.js');

const count = Number(process.argv[2]);
const waiting = [];

run(() => new Promise((resolve, reject) => {
    const server = http.createServer((request, response) => {
        const chunks = [];

        request.on('data', (chunk) => chunks.push(chunk));
        request.on('error', reject);
        request.on('end', () => {
            waiting.push(() => response.end(Buffer.concat(chunks)));
            if (waiting.length !== count) return;
            server.close(resolve);
            waiting.forEach((answer) => answer());
        });
    });

    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => console.log(server.address().port));
}), () => `${waiting.length} requests have come`);
