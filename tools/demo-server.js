// The server of tools/demo, which runs outside of Wine: node demo-server.js FOLDER
//
// GET /NAME answers with the file of that name in FOLDER, PUT /NAME stores one. Prints its port, listens on the
// loopback address alone, and ends with its standard input.

'use strict';

const fs = require('fs');
const http = require('http');
const path = require('path');

const folder = process.argv[2];

const server = http.createServer((request, response) => {
    const file = path.join(folder, path.basename(request.url));

    if (request.method === 'PUT') {
        request.pipe(fs.createWriteStream(file)).on('finish', () => response.end());
    } else {
        fs.readFile(file, (error, data) => {
            response.statusCode = error ? 404 : 200;
            response.end(error ? '' : data);
        });
    }
});

server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume().on('end', () => process.exit());
