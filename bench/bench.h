/*
 * Benchmarks
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

#ifndef __WINELSP_BENCH_H
#define __WINELSP_BENCH_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "winsock2.h"
#include "ws2tcpip.h"
#include "ws2spi.h"

/* A benchmark returns its result: nanoseconds for an operation, unless it is about something else than time. */
struct benchmark
{
    const char *name;
    double (*func)(void);
};

/* One table for each file, which ends with a NULL name. */
extern const struct benchmark data_benchmarks[];
extern const struct benchmark dispatch_benchmarks[];
extern const struct benchmark memory_benchmarks[];
extern const struct benchmark overlapped_benchmarks[];
extern const struct benchmark poll_benchmarks[];
extern const struct benchmark process_benchmarks[];
extern const struct benchmark socket_benchmarks[];
extern const struct benchmark upcall_benchmarks[];
extern const struct benchmark window_benchmarks[];

/* --- main.c --- */

/* Ends the program with a message unless the condition holds. */
#define CHECK( condition ) do { if (!(condition)) check_failed( __FILE__, __LINE__, #condition ); } while (0)
extern void check_failed( const char *file, int line, const char *condition );

/* --- measure.c: any thread --- */

/* For how many milliseconds a benchmark is to measure. */
extern unsigned int bench_milliseconds;

/* Nanoseconds of a clock. */
extern double read_clock(void);

/* The value that a twentieth of the values is smaller than. Sorts the values. */
extern double fast_value( double *values, unsigned int count );

/* Calls func for batches of count operations, which it repeats so often itself, and returns the fast value of the
 * nanoseconds that an operation took: what other processes came into is above it, which on a machine that is used by
 * others may be most batches. Short batches are better, since fewer of them are disturbed. */
extern double measure( void (*func)( void *context, unsigned int count ), void *context, unsigned int count );

/* --- sockets.c: they succeed, or the program ends --- */

extern void start_winsock(void);

/* Bound to a free port of the loopback address, which is stored. */
extern SOCKET make_bound( int type, struct sockaddr_in *addr );
extern SOCKET make_listener( struct sockaddr_in *addr );

/* Two connected TCP sockets without delay. */
extern void make_pair( SOCKET pair[2] );

/* --- process.c --- */

/* What the child process of a benchmark does: sends its first byte to a port. */
extern void send_first_byte( unsigned short port );

#endif /* __WINELSP_BENCH_H */
