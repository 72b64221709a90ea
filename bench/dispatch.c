/*
 * Benchmarks: the way to a provider
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
#include "layer.h"

/* No kernel: the pass-through layer answers at once. */

#define MANY 100000

static void call_first( void *context, unsigned int count )
{
    SOCKET s = *(SOCKET *)context;
    char byte = 0;

    while (count--) send( s, &byte, 1, PASSLSP_ANSWER_FIRST );
}

static double bench_dispatch(void)
{
    struct layer layer;
    SOCKET s;

    open_layer( &layer );
    register_sockets( &layer, &s, 1 );
    return measure( call_first, &s, 10000 );
}

/* --- with 100,000 sockets, to one of them, and to one after the other --- */

static double bench_dispatch_many(void)
{
    static SOCKET sockets[MANY];
    struct layer layer;

    open_layer( &layer );
    register_sockets( &layer, sockets, MANY );
    return measure( call_first, &sockets[MANY / 2], 10000 );
}

static void call_each( void *context, unsigned int count )
{
    const SOCKET *sockets = context;
    char byte = 0;

    while (count--) send( sockets[count], &byte, 1, PASSLSP_ANSWER_FIRST );
}

static double bench_dispatch_each(void)
{
    static SOCKET sockets[MANY];
    struct layer layer;

    open_layer( &layer );
    register_sockets( &layer, sockets, MANY );
    return measure( call_each, sockets, MANY );
}

/* --- two threads, with sockets that are neighbours in the table --- */

static double bench_dispatch_threads(void)
{
    struct layer layer;
    SOCKET sockets[2];

    open_layer( &layer );
    register_sockets( &layer, sockets, 2 );
    return measure_two( call_first, &sockets[0], &sockets[1], 10000 );
}

/* --- through all layers --- */

static void call_last( void *context, unsigned int count )
{
    SOCKET s = *(SOCKET *)context;
    char byte = 0;

    while (count--) send( s, &byte, 1, PASSLSP_ANSWER_LAST );
}

static double bench_layers(void)
{
    struct layer layer;
    SOCKET s;

    open_layer( &layer );
    register_sockets( &layer, &s, 1 );
    return measure( call_last, &s, 10000 );
}

const struct benchmark dispatch_benchmarks[] =
{
    {"dispatch", bench_dispatch},
    {"dispatch_many", bench_dispatch_many},
    {"dispatch_each", bench_dispatch_each},
    {"dispatch_threads", bench_dispatch_threads},
    {"layers", bench_layers},
    {0}
};
