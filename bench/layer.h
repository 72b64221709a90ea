/*
 * Benchmarks: the pass-through layer
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

#ifndef __WINELSP_BENCH_LAYER_H
#define __WINELSP_BENCH_LAYER_H

#include "passlsp.h"

/* What is measured of a layer. The functions succeed, or the program ends. */
struct layer
{
    WSPUPCALLTABLE upcalls;
    DWORD id;                   /* of its chain over TCP */
};

/* The topmost layer, which is started. */
extern void open_layer( struct layer *layer );

/* Makes numbers into sockets of the layer, of which the kernel knows nothing. They stay until the process ends. */
extern void register_sockets( const struct layer *layer, SOCKET *sockets, unsigned int count );

/* measure() in two threads at the same time; returns the slower one's result. */
extern double measure_two( void (*func)( void *context, unsigned int count ), void *first, void *second,
                           unsigned int count );

#endif /* __WINELSP_BENCH_LAYER_H */
