// What the scripts beside this one share.

'use strict';

// size bytes that differ from seed to seed and do not repeat, so that lost, doubled and exchanged ones are noticed.
function bytes(seed, size) {
    const data = Buffer.alloc(size);
    let state = seed * 2654435761 + 1 >>> 0;

    for (let i = 0; i < size; i++) {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        data[i] = state;
    }
    return data;
}

function checkSame(what, got, expected) {
    let at = 0;

    if (got.equals(expected)) return;
    while (got[at] === expected[at]) at++;
    throw new Error(`${what}: ${got.length} bytes instead of ${expected.length}, the first difference is at ${at}`);
}

// Runs main() and ends the process: with 1 if it failed or is not done after 40 seconds, when progress() is printed.
function run(main, progress) {
    const timer = setTimeout(() => {
        console.log(`not done after 40 seconds: ${progress()}`);
        process.exit(1);
    }, 40000);

    main().then(() => clearTimeout(timer)).catch((error) => {
        console.log(error.stack);
        process.exit(1);
    });
}

module.exports = { bytes, checkSame, run };
