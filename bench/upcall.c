/*
 * Benchmarks: upcalls
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

struct handles
{
    struct layer layer;
    SOCKET s;
    HANDLE port;
};

static void open_handle( struct handles *handles )
{
    int error;

    open_layer( &handles->layer );
    handles->s = handles->layer.upcalls.lpWPUCreateSocketHandle( handles->layer.id, 1, &error );
    CHECK( handles->s != INVALID_SOCKET );
}

static void close_handle( const struct handles *handles )
{
    int error;

    CHECK( !handles->layer.upcalls.lpWPUCloseSocketHandle( handles->s, &error ));
}

/* --- WPUQuerySocketHandleContext --- */

static void query_context( void *context, unsigned int count )
{
    const struct handles *handles = context;
    LPWPUQUERYSOCKETHANDLECONTEXT query = handles->layer.upcalls.lpWPUQuerySocketHandleContext;
    DWORD_PTR value;
    int error;

    while (count--) CHECK( !query( handles->s, &value, &error ));
}

static double bench_query_context(void)
{
    struct handles handles;
    double ret;

    open_handle( &handles );
    ret = measure( query_context, &handles, 10000 );
    close_handle( &handles );
    return ret;
}

/* With 100,000 sockets of the layer. The one is a non-IFS handle. */
static double bench_query_context_many(void)
{
    static SOCKET sockets[100000];
    struct handles handles;
    double ret;

    open_handle( &handles );
    register_sockets( &handles.layer, sockets, ARRAYSIZE(sockets) );
    ret = measure( query_context, &handles, 10000 );
    close_handle( &handles );
    return ret;
}

/* Two handles that are neighbours in the table. */
static double bench_query_context_threads(void)
{
    struct handles handles[2];
    double ret;
    int i;

    for (i = 0; i < 2; i++) open_handle( &handles[i] );
    ret = measure_two( query_context, &handles[0], &handles[1], 10000 );
    for (i = 0; i < 2; i++) close_handle( &handles[i] );
    return ret;
}

/* --- WPUFDIsSet, with 64 sockets, of which it is the last --- */

static void is_set( void *context, unsigned int count )
{
    const struct handles *handles = context;
    LPWPUFDISSET fd_is_set = handles->layer.upcalls.lpWPUFDIsSet;
    fd_set set;
    int i;

    set.fd_count = 64;
    for (i = 0; i < 63; i++) set.fd_array[i] = 4;
    set.fd_array[63] = handles->s;
    while (count--) CHECK( fd_is_set( handles->s, &set ));
}

static double bench_fd_is_set(void)
{
    struct handles handles;

    open_layer( &handles.layer );
    register_sockets( &handles.layer, &handles.s, 1 );
    return measure( is_set, &handles, 10000 );
}

/* --- WPUCreateSocketHandle and WPUCloseSocketHandle --- */

static void create_and_close( void *context, unsigned int count )
{
    struct handles *handles = context;
    int error;

    while (count--)
    {
        handles->s = handles->layer.upcalls.lpWPUCreateSocketHandle( handles->layer.id, 1, &error );
        CHECK( handles->s != INVALID_SOCKET );
        close_handle( handles );
    }
}

static double bench_create_handle(void)
{
    struct handles handles;

    open_layer( &handles.layer );
    return measure( create_and_close, &handles, 2 );
}

/* --- a packet for a completion port, and its way out --- */

static void fetch_packet( const struct handles *handles )
{
    OVERLAPPED *overlapped;
    ULONG_PTR key;
    DWORD size;

    CHECK( GetQueuedCompletionStatus( handles->port, &size, &key, &overlapped, INFINITE ));
}

static void post( void *context, unsigned int count )
{
    const struct handles *handles = context;
    OVERLAPPED overlapped = {0};

    while (count--)
    {
        CHECK( PostQueuedCompletionStatus( handles->port, 1, 0, &overlapped ));
        fetch_packet( handles );
    }
}

static void complete( void *context, unsigned int count )
{
    const struct handles *handles = context;
    OVERLAPPED overlapped = {0};
    int error;

    while (count--)
    {
        CHECK( !WPUCompleteOverlappedRequest( handles->s, &overlapped, 0, 1, &error ));
        fetch_packet( handles );
    }
}

static double bench_packet( void (*func)( void *context, unsigned int count ) )
{
    struct handles handles;
    double ret;

    open_handle( &handles );
    CHECK( (handles.port = CreateIoCompletionPort( (HANDLE)handles.s, NULL, 0, 1 )) );
    ret = measure( func, &handles, 2 );
    close_handle( &handles );
    CloseHandle( handles.port );
    return ret;
}

static double bench_post(void)
{
    return bench_packet( post );
}

static double bench_complete(void)
{
    return bench_packet( complete );
}

const struct benchmark upcall_benchmarks[] =
{
    {"query_context", bench_query_context},
    {"query_context_many", bench_query_context_many},
    {"query_context_threads", bench_query_context_threads},
    {"fd_is_set", bench_fd_is_set},
    {"create_handle", bench_create_handle},
    {"post", bench_post},
    {"complete", bench_complete},
    {0}
};
