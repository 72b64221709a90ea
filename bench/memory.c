/*
 * Benchmarks: memory
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

/* Two descriptors for each may be more than a wineserver has; then there are fewer sockets. */
#define MAX_SOCKETS 4000
#define MIN_SOCKETS 400

/* What is committed, and the process's own. The counters of the kernel are not exact. */
static double private_kibibytes(void)
{
    MEMORY_BASIC_INFORMATION info;
    char *address = NULL;
    SIZE_T size = 0;

    for (; VirtualQuery( address, &info, sizeof(info) ); address = (char *)info.BaseAddress + info.RegionSize)
        if (info.State == MEM_COMMIT && info.Type == MEM_PRIVATE) size += info.RegionSize;
    return size / 1024.0;
}

/* Of a process that has one socket. */
static double bench_memory(void)
{
    SOCKET s;

    start_winsock();
    CHECK( (s = socket( AF_INET, SOCK_STREAM, 0 )) != INVALID_SOCKET );
    closesocket( s );
    return private_kibibytes();
}

/* What more sockets add, for 10,000 of them. */
static double bench_memory_sockets(void)
{
    static SOCKET sockets[MAX_SOCKETS];
    double before = bench_memory(), ret;
    unsigned int i, count = 0;

    while (count < MAX_SOCKETS && (sockets[count] = socket( AF_INET, SOCK_STREAM, 0 )) != INVALID_SOCKET) count++;
    CHECK( count >= MIN_SOCKETS );
    ret = (private_kibibytes() - before) * 10000 / count;
    for (i = 0; i < count; i++) closesocket( sockets[i] );
    return ret;
}

const struct benchmark memory_benchmarks[] =
{
    {"memory", bench_memory},
    {"memory_sockets", bench_memory_sockets},
    {0}
};
