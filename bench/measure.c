/*
 * Benchmarks: measuring
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

#define MAX_BATCHES 4096
#define MIN_BATCHES 40

unsigned int bench_milliseconds;

double read_clock(void)
{
    LARGE_INTEGER count, frequency;

    QueryPerformanceFrequency( &frequency );
    QueryPerformanceCounter( &count );
    return count.QuadPart * (1e9 / frequency.QuadPart);
}

static int compare( const void *a, const void *b )
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

double fast_value( double *values, unsigned int count )
{
    qsort( values, count, sizeof(*values), compare );
    return values[count / 20];
}

double measure( void (*func)( void *context, unsigned int count ), void *context, unsigned int count )
{
    double values[MAX_BATCHES], start, end, latest;
    unsigned int batches = 0;

    func( context, count );
    end = read_clock() + bench_milliseconds * 1e6;
    latest = end + 9 * bench_milliseconds * 1e6;
    do
    {
        start = read_clock();
        func( context, count );
        values[batches++] = (read_clock() - start) / count;
    } while (batches < MAX_BATCHES && read_clock() < (batches < MIN_BATCHES ? latest : end));
    return fast_value( values, batches );
}
