/*
 * Many threads in the socket table
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

#include "util.h"

/* Wine gives a handle value out again at once, so that with a few threads the same slots are made, looked up and
 * closed by all of them, for handles of both kinds. Each context is the address of its generation, which knows when
 * it ended. */

#define MAKERS  3
#define READERS 2
#define ROUNDS  800
#define RECENT  32

struct generation
{
    LONG ended;             /* the value of clock when its handle had been closed; 0 before */
};

struct stress
{
    const WSPUPCALLTABLE *upcalls;
    DWORD layer_id, base_id;
    WSAPROTOCOL_INFOW base;
    LONG clock;             /* counts the handles that have been closed */
    LONG makers;            /* that are still running */
    LONG next;
    struct generation generations[MAKERS * ROUNDS];
    SOCKET recent[RECENT];

    /* What went wrong, and what happened at all. */
    LONG failed, wrong_context, dead_context, base_context, bad_completion;
    LONG found, completed, files;
};

static LONG read_long( LONG *value )
{
    return InterlockedCompareExchange( value, 0, 0 );
}

/* A handle of our own has our context until we close it, whatever the others do. */
static DWORD WINAPI make_non_ifs( void *param )
{
    struct stress *stress = param;
    struct generation *generation;
    DWORD_PTR context;
    int i, error;
    SOCKET s;

    for (i = 0; i < ROUNDS; ++i)
    {
        generation = &stress->generations[InterlockedIncrement( &stress->next ) - 1];
        s = stress->upcalls->lpWPUCreateSocketHandle( stress->layer_id, (DWORD_PTR)generation, &error );
        if (s == INVALID_SOCKET)
        {
            InterlockedIncrement( &stress->failed );
            continue;
        }
        stress->recent[i % RECENT] = s;
        if (i % 4 == 0) SwitchToThread();
        if (stress->upcalls->lpWPUQuerySocketHandleContext( s, &context, &error )
            || context != (DWORD_PTR)generation) InterlockedIncrement( &stress->wrong_context );
        if (stress->upcalls->lpWPUCloseSocketHandle( s, &error )) InterlockedIncrement( &stress->failed );
        generation->ended = InterlockedIncrement( &stress->clock );
    }
    InterlockedDecrement( &stress->makers );
    return 0;
}

/* A look-up may find any handle that was open at some time during it, but none that was closed before. */
static DWORD WINAPI look_up( void *param )
{
    struct stress *stress = param;
    DWORD_PTR context;
    LONG before, ended;
    int i, error;

    for (i = 0; read_long( &stress->makers ); ++i)
    {
        before = read_long( &stress->clock );
        if (stress->upcalls->lpWPUQuerySocketHandleContext( stress->recent[i % RECENT], &context, &error )) continue;
        ended = read_long( &((struct generation *)context)->ended );
        if (ended && ended <= before) InterlockedIncrement( &stress->dead_context );
        InterlockedIncrement( &stress->found );
    }
    return 0;
}

/* A socket of the base has no context, and stays where it was put last. */
static DWORD WINAPI make_base( void *param )
{
    struct stress *stress = param;
    DWORD_PTR context;
    int error;
    SOCKET s;

    while (read_long( &stress->makers ))
    {
        s = WSASocketW( AF_INET, SOCK_DGRAM, 0, &stress->base, 0, WSA_FLAG_OVERLAPPED );
        if (s == INVALID_SOCKET)
        {
            InterlockedIncrement( &stress->failed );
            continue;
        }
        if (!stress->upcalls->lpWPUQuerySocketHandleContext( s, &context, &error ))
            InterlockedIncrement( &stress->base_context );
        if (stress->upcalls->lpWPUModifyIFSHandle( stress->layer_id, s, &error ) != s
            || stress->upcalls->lpWPUModifyIFSHandle( stress->base_id, s, &error ) != s
            || closesocket( s )) InterlockedIncrement( &stress->failed );
    }
    return 0;
}

/* A layer that completes requests on handles which another thread closes is wrong, but must not harm anybody: the
 * completion writes to a kernel handle, and its value may be that of a file by then. */
static DWORD WINAPI complete_recent( void *param )
{
    struct stress *stress = param;
    WSAOVERLAPPED overlapped = {0};
    int i, error;

    for (i = 0; read_long( &stress->makers ); ++i)
    {
        error = 0;
        if (!WPUCompleteOverlappedRequest( stress->recent[i % RECENT], &overlapped, 0, 64, &error ))
            InterlockedIncrement( &stress->completed );
        else if (error != WSAEINVAL)
            InterlockedIncrement( &stress->bad_completion );
    }
    return 0;
}

static DWORD WINAPI make_files( void *param )
{
    struct stress *stress = param;
    WCHAR folder[MAX_PATH], path[MAX_PATH];
    HANDLE file;

    GetTempPathW( MAX_PATH, folder );
    GetTempFileNameW( folder, L"lsp", 0, path );
    while (read_long( &stress->makers ))
    {
        file = CreateFileW( path, GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL );
        if (file == INVALID_HANDLE_VALUE) continue;
        SwitchToThread();
        if (GetFileSize( file, NULL )) InterlockedIncrement( &stress->bad_completion );
        InterlockedIncrement( &stress->files );
        CloseHandle( file );
    }
    DeleteFileW( path );
    return 0;
}

static void run_threads( struct stress *stress )
{
    static const struct
    {
        LPTHREAD_START_ROUTINE func;
        unsigned int count;
    }
    kinds[] = {{make_non_ifs, MAKERS}, {look_up, READERS}, {make_base, 1}, {complete_recent, 1}, {make_files, 1}};
    HANDLE threads[MAXIMUM_WAIT_OBJECTS];
    unsigned int i, j, count = 0;
    DWORD ret;

    stress->makers = MAKERS;
    for (i = 0; i < ARRAY_SIZE(kinds); ++i)
        for (j = 0; j < kinds[i].count; ++j)
            threads[count++] = CreateThread( NULL, 0, kinds[i].func, stress, 0, NULL );
    ret = WaitForMultipleObjects( count, threads, TRUE, 25000 );
    ok( !ret, "The threads did not end: %#lx, %ld rounds done.\n", ret, stress->next );
    for (i = 0; i < count; ++i) CloseHandle( threads[i] );
}

static void test_threads(void)
{
    static struct stress stress;
    struct test_layer layer;

    install_layer( &layer, NULL, 0 );
    load_layer( &layer );
    start_winsock();
    closesocket( socket( AF_INET, SOCK_STREAM, 0 ) );
    ok( layer.control->instance_count == 1, "The provider was not started.\n" );
    stress.upcalls = &layer.control->instances[0].upcalls;
    stress.base = get_base_entry( AF_INET, SOCK_DGRAM );
    stress.base_id = stress.base.dwCatalogEntryId;
    stress.layer_id = layer.tcp_id;

    run_threads( &stress );
    trace( "%ld handles, %ld contexts found, %ld completions, %ld files\n", stress.next, stress.found,
           stress.completed, stress.files );
    ok( !stress.failed, "%ld calls failed.\n", stress.failed );
    ok( !stress.wrong_context, "%ld times an open handle had not its context.\n", stress.wrong_context );
    ok( !stress.dead_context, "%ld times a closed handle's context was found.\n", stress.dead_context );
    ok( !stress.base_context, "%ld times a socket of the base had a context.\n", stress.base_context );
    ok( !stress.bad_completion, "%ld completions went wrong.\n", stress.bad_completion );
    ok( stress.found && stress.completed && stress.files, "The threads did not meet.\n" );
    WSACleanup();
}

/* Handles that a process leaves open, of both kinds, go at the last WSACleanup; their values are free for others. */
static void test_many(void)
{
    static SOCKET s[2000];
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls;
    unsigned int i, before, after;
    DWORD_PTR context;
    int error;

    install_layer( &layer, NULL, 0 );
    load_layer( &layer );
    start_winsock();
    closesocket( socket( AF_INET, SOCK_STREAM, 0 ) );
    upcalls = &layer.control->instances[0].upcalls;

    before = count_handles( 2 * ARRAY_SIZE(s) );
    for (i = 0; i < ARRAY_SIZE(s); ++i)
    {
        s[i] = upcalls->lpWPUCreateSocketHandle( layer.tcp_id, i, &error );
        if (s[i] == INVALID_SOCKET) break;
    }
    ok( i == ARRAY_SIZE(s), "Only %u handles, error %d.\n", i, error );
    while (i--)
    {
        context = ~(DWORD_PTR)0;
        if (upcalls->lpWPUQuerySocketHandleContext( s[i], &context, &error ) || context != i) break;
        if (i % 2) upcalls->lpWPUCloseSocketHandle( s[i], &error );
    }
    ok( i == ~0u, "Handle %u: got context %#Ix.\n", i, context );
    WSACleanup();
    after = count_handles( 2 * ARRAY_SIZE(s) );
    ok( after < before + 20, "%u handles before, %u after.\n", before, after );
}

static const struct test_case cases[] =
{
    { "threads", test_threads },
    { "many", test_many },
};

START_TEST(socket_table)
{
    run_cases( "socket_table", cases, ARRAY_SIZE(cases) );
}
