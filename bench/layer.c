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

#include "bench.h"
#include "layer.h"

/* A program that has nothing to do with as many handles does not reach this value. */
#define FIRST_NUMBER 0x400000

/* The runner installs pass1.dll first, so that the last one is the topmost. */
void open_layer( struct layer *layer )
{
    PASSLSP_GET get = NULL;
    HMODULE module = NULL;
    char name[16];
    SOCKET s;
    int i;

    start_winsock();
    CHECK( (s = socket( AF_INET, SOCK_STREAM, 0 )) != INVALID_SOCKET );
    closesocket( s );
    for (i = MAX_PROTOCOL_CHAIN - 1; i > 0 && !module; i--)
    {
        snprintf( name, sizeof(name), "pass%d.dll", i );
        module = GetModuleHandleA( name );
    }
    if (module) get = (void *)GetProcAddress( module, "passlsp_get" );
    CHECK( get && (layer->id = get( &layer->upcalls )) );
}

void register_sockets( const struct layer *layer, SOCKET *sockets, unsigned int count )
{
    unsigned int i;
    int error;

    for (i = 0; i < count; i++)
    {
        sockets[i] = FIRST_NUMBER + 4 * i;
        CHECK( layer->upcalls.lpWPUModifyIFSHandle( layer->id, sockets[i], &error ) == sockets[i] );
    }
}

struct measurement
{
    void (*func)( void *context, unsigned int count );
    void *context;
    unsigned int count;
    double result;
};

static DWORD WINAPI measure_thread( void *arg )
{
    struct measurement *measurement = arg;

    measurement->result = measure( measurement->func, measurement->context, measurement->count );
    return 0;
}

double measure_two( void (*func)( void *context, unsigned int count ), void *first, void *second, unsigned int count )
{
    struct measurement measurements[2] = {{func, first, count, 0}, {func, second, count, 0}};
    HANDLE threads[2];
    int i;

    for (i = 0; i < 2; i++)
        CHECK( (threads[i] = CreateThread( NULL, 0, measure_thread, &measurements[i], 0, NULL )) );
    WaitForMultipleObjects( 2, threads, TRUE, INFINITE );
    for (i = 0; i < 2; i++) CloseHandle( threads[i] );
    return max( measurements[0].result, measurements[1].result );
}
