// The client of tools/demo, which runs in the Windows program node.exe: node demo-client.js PORT COUNT IN OUT
//
// Gets the files /part0, /part1 ... from the server, two at a time over connections that are kept and one over a
// connection of its own, writes them one after the other to the file OUT, and sends the file IN back as /upload.

'use strict';

const fs = require('fs');
const http = require('http');

const [port, count, input, output] = process.argv.slice(2);
const kept = new http.Agent({ keepAlive: true, maxSockets: 2 });

function request(method, path, agent, body) {
    return new Promise((resolve, reject) => {
        http.request({ host: '127.0.0.1', port, method, path, agent }, (response) => {
            const chunks = [];

            response.on('data', (chunk) => chunks.push(chunk));
            response.on('error', reject);
            response.on('end', () => {
                if (response.statusCode !== 200) reject(new Error(`${method} ${path}: ${response.statusCode}`));
                else resolve(Buffer.concat(chunks));
            });
        }).on('error', reject).end(body);
    });
}

async function main() {
    const parts = [];

    for (let i = 0; i < count; i++) parts.push(request('GET', `/part${i}`, i ? kept : undefined));
    fs.writeFileSync(output, Buffer.concat(await Promise.all(parts)));
    await request('PUT', '/upload', kept, fs.readFileSync(input));
    kept.destroy();
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
