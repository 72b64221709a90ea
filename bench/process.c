/*
 * Benchmarks: start, end and names
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

#define MAX_STARTS 64

/* --- WSAStartup and the last WSACleanup --- */

static void start_and_clean_up( void *context, unsigned int count )
{
    (void)context;
    while (count--)
    {
        start_winsock();
        CHECK( !WSACleanup() );
    }
}

/* Other benchmarks of this process may have started Winsock. */
static double bench_startup(void)
{
    while (!WSACleanup());
    return measure( start_and_clean_up, NULL, 1 );
}

/* --- from the start of a process to its first byte --- */

void send_first_byte( unsigned short port )
{
    struct sockaddr_in addr = {0};
    char byte = 0;
    SOCKET s;

    start_winsock();
    addr.sin_family = AF_INET;
    addr.sin_addr.s_addr = htonl( INADDR_LOOPBACK );
    addr.sin_port = htons( port );
    CHECK( (s = socket( AF_INET, SOCK_STREAM, 0 )) != INVALID_SOCKET );
    CHECK( !connect( s, (struct sockaddr *)&addr, sizeof(addr) ));
    CHECK( send( s, &byte, 1, 0 ) == 1 );
    recv( s, &byte, 1, 0 );
    closesocket( s );
}

static HANDLE start_child( unsigned short port )
{
    char path[MAX_PATH], command[MAX_PATH + 32];
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION info;

    GetModuleFileNameA( NULL, path, MAX_PATH );
    snprintf( command, sizeof(command), "\"%s\" --first-byte %u", path, port );
    CHECK( CreateProcessA( path, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &info ));
    CloseHandle( info.hThread );
    return info.hProcess;
}

/* The child ends when its socket does, which is not measured. */
static double measure_start( SOCKET listener, unsigned short port )
{
    double start = read_clock();
    HANDLE child = start_child( port );
    SOCKET s = accept( listener, NULL, NULL );
    char byte;

    CHECK( s != INVALID_SOCKET && recv( s, &byte, 1, 0 ) == 1 );
    start = read_clock() - start;
    closesocket( s );
    WaitForSingleObject( child, INFINITE );
    CloseHandle( child );
    return start;
}

static double bench_process(void)
{
    double values[MAX_STARTS], end;
    struct sockaddr_in addr;
    unsigned int count = 0;
    SOCKET listener;

    start_winsock();
    listener = make_listener( &addr );
    end = read_clock() + bench_milliseconds * 1e6;
    do values[count++] = measure_start( listener, ntohs( addr.sin_port ));
    while (count < MAX_STARTS && read_clock() < end);
    closesocket( listener );
    return fast_value( values, count );
}

/* --- a name --- */

static void look_up( void *context, unsigned int count )
{
    struct addrinfo *result;

    (void)context;
    while (count--)
    {
        CHECK( !getaddrinfo( "localhost", NULL, NULL, &result ));
        freeaddrinfo( result );
    }
}

static double bench_name(void)
{
    start_winsock();
    return measure( look_up, NULL, 4 );
}

const struct benchmark process_benchmarks[] =
{
    {"startup", bench_startup},
    {"process", bench_process},
    {"name", bench_name},
    {0}
};
