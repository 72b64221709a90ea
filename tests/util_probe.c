/*
 * Running a probe in every context that an upcall may come from
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

#include "util_probe.h"

/* The exit code of a process at whose end the probe was called and returned; the number of failures is added. It is
 * not 0 without failures, because TerminateProcess() of Wine 8.0 does not replace the exit code by 0 when the process
 * is ending already. */
#define EXIT_PROBED 0x1000

static struct
{
    TESTLSP_PROBE probe;
    BOOL exiting;       /* this is the child, where only TESTLSP_IN_EXIT counts */
    LONG counts[TESTLSP_CONTEXT_COUNT];     /* of calls that returned */
    DWORD late_id;
} run;

static const char *context_name( enum testlsp_context context )
{
    static const char *const names[TESTLSP_CONTEXT_COUNT] =
    {
        "WSPStartup", "worker thread", "WSPIoctl", "fresh thread", "WSPCleanup", "DllMain", "DllMain at exit",
    };

    return names[context];
}

static void CDECL call_probe( enum testlsp_context context, const WSPUPCALLTABLE *upcalls, DWORD catalog_id )
{
    if (run.exiting != (context == TESTLSP_IN_EXIT)) return;
    winetest_push_context( "%s", context_name( context ));
    run.probe( context, upcalls, catalog_id );
    winetest_pop_context();
    run.counts[context]++;
    if (run.exiting) TerminateProcess( GetCurrentProcess(), EXIT_PROBED + min( winetest_get_failures(), 255 ));
}

static DWORD WINAPI fresh_thread( void *arg )
{
    const struct testlsp_instance *instance = arg;

    call_probe( TESTLSP_IN_THREAD, &instance->upcalls, instance->catalog_id );
    return 0;
}

static void run_in_fresh_thread( struct test_layer *layer )
{
    HANDLE thread = CreateThread( NULL, 0, fresh_thread, &layer->control->instances[0], 0, NULL );

    ok( !WaitForSingleObject( thread, 10000 ), "The thread hangs.\n" );
    CloseHandle( thread );
}

const WSPUPCALLTABLE *get_upcalls( struct test_layer *layer, unsigned int flags )
{
    static WSPUPCALLTABLE upcalls;  /* the layer's goes when it is unloaded */

    install_layer( layer, NULL, flags );
    load_layer( layer );
    start_winsock();
    closesocket( socket( AF_INET, SOCK_STREAM, 0 ));
    ok( layer->control->instance_count == 1, "The provider was not started.\n" );
    if (!layer->control->instance_count) ExitProcess( 1 );
    clear_counts( layer );
    upcalls = layer->control->instances[0].upcalls;
    return &upcalls;
}

SOCKET unlayered_socket( int type )
{
    WSAPROTOCOL_INFOW base = get_base_entry( AF_INET, type );
    SOCKET s = WSASocketW( AF_INET, type, 0, &base, 0, WSA_FLAG_OVERLAPPED );

    ok( s != INVALID_SOCKET, "WSASocket failed, error %d.\n", WSAGetLastError() );
    return s;
}

BOOL can_make_sockets( enum testlsp_context context )
{
    return context < TESTLSP_IN_CLEANUP;
}

/* The last one is closed: nothing makes a handle between this and the use of the value, unless the test does. */
void make_non_sockets( SOCKET *sockets )
{
    HANDLE closed = CreateEventW( NULL, TRUE, FALSE, NULL );

    sockets[0] = INVALID_SOCKET;
    sockets[1] = 0;
    sockets[2] = 0x12345678;
    sockets[3] = ~(SOCKET)0 - 3;    /* the highest multiple of 4 */
    sockets[4] = (SOCKET)GetCurrentProcess();
    sockets[5] = (SOCKET)CreateEventW( NULL, TRUE, FALSE, NULL );
    sockets[6] = (SOCKET)closed;
    CloseHandle( closed );
}

void free_non_sockets( SOCKET *sockets )
{
    ok( SetEvent( (HANDLE)sockets[5] ), "The event was closed, error %lu.\n", GetLastError() );
    CloseHandle( (HANDLE)sockets[5] );
}

static SOCKET start_layer( struct test_layer *layer, unsigned int flags )
{
    struct test_layer late;
    SOCKET s;

    install_layer( layer, NULL, flags );
    load_layer( layer );
    layer->control->probe = call_probe;
    start_winsock();
    install_layer( &late, NULL, flags );
    run.late_id = late.tcp_id;
    s = socket( AF_INET, SOCK_STREAM, 0 );
    ok( s != INVALID_SOCKET, "socket failed, error %d.\n", WSAGetLastError() );
    if (s == INVALID_SOCKET) ExitProcess( 1 );
    return s;
}

static void run_in_exiting_child(void)
{
    DWORD status = 0;
    HANDLE process;
    char **argv;

    winetest_get_mainargs( &argv );
    if (!(process = run_child( argv[1], argv[2], "exit" ))) return;
    ok( !WaitForSingleObject( process, 20000 ), "The exiting process hangs.\n" );
    GetExitCodeProcess( process, &status );
    if (status == STILL_ACTIVE) TerminateProcess( process, 1 );
    ok( status >= EXIT_PROBED && status - EXIT_PROBED <= 255, "The probe was not called at exit, status %#lx.\n",
        status );
    if (status > EXIT_PROBED) winetest_add_failures( status - EXIT_PROBED );
    CloseHandle( process );
}

void run_probe( unsigned int flags, TESTLSP_PROBE probe )
{
    struct test_layer layer;
    char **argv;
    DWORD size;
    SOCKET s;
    int i;

    run.probe = probe;
    run.exiting = winetest_get_mainargs( &argv ) > 3;
    s = start_layer( &layer, flags );
    if (run.exiting) ExitProcess( 0 );

    ok( !WSAIoctl( s, TESTLSP_PROBE_IOCTL, NULL, 0, NULL, 0, &size, NULL, NULL ), "WSAIoctl failed, error %d.\n",
        WSAGetLastError() );
    run_in_fresh_thread( &layer );
    closesocket( s );
    unload_layer( &layer );
    WSACleanup();   /* which unloads the DLL, since nobody else holds it */
    for (i = 0; i < TESTLSP_IN_EXIT; i++)
        ok( run.counts[i] == 1, "%s: the probe was called %ld times.\n", context_name( i ), run.counts[i] );

    uninstall_layers();
    run_in_exiting_child();
}

DWORD get_late_id(void)
{
    return run.late_id;
}
