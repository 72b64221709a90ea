/*
 * Benchmarks: the program
 *
 * Copyright 2026 the winelsp authors
 *
 * This library is free software; you can redistribute it and/or
 * modify it under the terms of the GNU Lesser General Public
 * License as published by the Free Software Foundation; either
 * version 2.1 of the License, or (at your option) any later version.
 *
 * This library is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
 * Lesser General Public License for more details.
 *
 * You should have received a copy of the GNU Lesser General Public
 * License along with this library; if not, write to the Free Software
 * Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
 */

#include "bench.h"

static const struct benchmark *const tables[] =
{
    data_benchmarks,
    dispatch_benchmarks,
    memory_benchmarks,
    overlapped_benchmarks,
    poll_benchmarks,
    process_benchmarks,
    socket_benchmarks,
    upcall_benchmarks,
    window_benchmarks,
};

void check_failed( const char *file, int line, const char *condition )
{
    fprintf( stderr, "bench: %s:%d: '%s' is not so; error %d\n", file, line, condition, WSAGetLastError() );
    exit( 1 );
}

static const struct benchmark *find_benchmark( const char *name )
{
    const struct benchmark *benchmark;
    unsigned int i;

    for (i = 0; i < ARRAYSIZE(tables); i++)
        for (benchmark = tables[i]; benchmark->name; benchmark++)
            if (!strcmp( benchmark->name, name )) return benchmark;
    return NULL;
}

static int usage(void)
{
    const struct benchmark *benchmark;
    unsigned int i;

    fprintf( stderr, "usage: bench MILLISECONDS NAME...\n" );
    for (i = 0; i < ARRAYSIZE(tables); i++)
        for (benchmark = tables[i]; benchmark->name; benchmark++) fprintf( stderr, "  %s\n", benchmark->name );
    return 2;
}

/* For each name a line "NAME RESULT". */
int main( int argc, char **argv )
{
    const struct benchmark *benchmark;
    int i;

    if (argc == 3 && !strcmp( argv[1], "--first-byte" ))
    {
        send_first_byte( atoi( argv[2] ));
        return 0;
    }
    if (argc < 3) return usage();
    bench_milliseconds = atoi( argv[1] );
    for (i = 2; i < argc; i++)
    {
        if (!(benchmark = find_benchmark( argv[i] ))) return usage();
        printf( "%s %.2f\n", benchmark->name, benchmark->func() );
        fflush( stdout );
    }
    return 0;
}
