// Parallel downloads: node http-get.js URL FILE COUNT
//
// Gets the same URL COUNT times at once over connections of their own, and compares each with the file.

'use strict';

const fs = require('fs');
const http = require('http');
const { checkSame, run } = require('./data.js');

const [url, file, count] = process.argv.slice(2);
const expected = fs.readFileSync(file);
let answers = 0;

function get(client) {
    return new Promise((resolve, reject) => {
        http.get(url, { agent: false }, (response) => {
            const chunks = [];

            response.on('data', (chunk) => chunks.push(chunk));
            response.on('error', reject);
            response.on('end', () => {
                answers++;
                resolve(checkSame(`client ${client}`, Buffer.concat(chunks), expected));
            });
        }).on('error', reject);
    });
}

run(async () => {
    await Promise.all(Array.from({ length: Number(count) }, (_, client) => get(client)));
    console.log(`${count} downloads at once, ${expected.length} bytes each, the same`);
}, () => `${answers} of ${count} downloads are done`);
