/*
 * A hundred thousand sockets in the socket table
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

/* How many sockets can be open depends on how many descriptors the wineserver may have, 1024 or more. So there are as
 * many at a time as it gives, in as many turns as it takes. */

#define TOTAL     100000
#define HANDLE_VALUES 25000 /* more than are open at a time */
#define SPARE     64        /* descriptors that are left for others in the prefix */
#define MAX_TIME  28000     /* milliseconds for opening; a machine that is too slow for all says how many it had */
#define SLOT_PAGE 24576     /* the table grows by pages of that size at most */

/* The handles of one turn. */
struct crowd
{
    const WSPUPCALLTABLE *upcalls;
    struct test_layer layer;
    WSAPROTOCOL_INFOW base;
    SOCKET *sockets;
    unsigned int count;
};

struct kind
{
    const char *name;
    SOCKET (*open)( const struct crowd *crowd, DWORD_PTR context, int *error );
    BOOL (*check)( const struct crowd *crowd, SOCKET s, DWORD_PTR context );
    BOOL (*close)( const struct crowd *crowd, SOCKET s );
    int no_more;                            /* the error when the descriptors are used up */
};

static SOCKET open_non_ifs( const struct crowd *crowd, DWORD_PTR context, int *error )
{
    return crowd->upcalls->lpWPUCreateSocketHandle( crowd->layer.tcp_id, context, error );
}

static BOOL check_non_ifs( const struct crowd *crowd, SOCKET s, DWORD_PTR context )
{
    DWORD_PTR found;
    int error;

    return !crowd->upcalls->lpWPUQuerySocketHandleContext( s, &found, &error ) && found == context;
}

static BOOL close_non_ifs( const struct crowd *crowd, SOCKET s )
{
    int error;

    return !crowd->upcalls->lpWPUCloseSocketHandle( s, &error );
}

/* A socket of the base that the base has registered, and is made the layer's and the base's again. */
static SOCKET open_ifs( const struct crowd *crowd, DWORD_PTR context, int *error )
{
    WSAPROTOCOL_INFOW base = crowd->base;
    SOCKET s = WSASocketW( AF_INET, SOCK_DGRAM, 0, &base, 0, WSA_FLAG_OVERLAPPED );

    (void)context;
    if (s == INVALID_SOCKET) *error = WSAGetLastError();
    else if (crowd->upcalls->lpWPUModifyIFSHandle( crowd->layer.udp_id, s, error ) != s
             || crowd->upcalls->lpWPUModifyIFSHandle( base.dwCatalogEntryId, s, error ) != s)
    {
        closesocket( s );
        s = INVALID_SOCKET;
    }
    return s;
}

static BOOL check_ifs( const struct crowd *crowd, SOCKET s, DWORD_PTR context )
{
    DWORD_PTR found;
    int error;
    BOOL value;
    int len = sizeof(value);

    (void)context;
    return crowd->upcalls->lpWPUQuerySocketHandleContext( s, &found, &error )
           && !getsockopt( s, SOL_SOCKET, SO_DONTROUTE, (char *)&value, &len );
}

static BOOL close_ifs( const struct crowd *crowd, SOCKET s )
{
    (void)crowd;
    return !closesocket( s );
}

static const struct kind non_ifs = {"non-IFS", open_non_ifs, check_non_ifs, close_non_ifs, WSAENOBUFS};
static const struct kind ifs = {"IFS", open_ifs, check_ifs, close_ifs, WSAEMFILE};

/* Opens sockets until there are so many, or the descriptors are used up, or it is late. */
static void open_crowd( const struct kind *kind, struct crowd *crowd, unsigned int count, DWORD_PTR context,
                        ULONGLONG end )
{
    int error = 0;
    SOCKET s;

    crowd->count = 0;
    while (crowd->count < count && GetTickCount64() < end)
    {
        if ((s = kind->open( crowd, context + crowd->count, &error )) == INVALID_SOCKET) break;
        crowd->sockets[crowd->count++] = s;
    }
    if (!error) return;
    ok( error == kind->no_more, "Got error %d after %u sockets.\n", error, crowd->count );
    ok( crowd->count >= 4 * SPARE, "Only %u sockets.\n", crowd->count );
    for (error = 0; error < SPARE && crowd->count; error++) kind->close( crowd, crowd->sockets[--crowd->count] );
}

static void check_crowd( const struct kind *kind, const struct crowd *crowd, DWORD_PTR context )
{
    unsigned int i, bad = 0;

    for (i = 0; i < crowd->count; i++) if (!kind->check( crowd, crowd->sockets[i], context + i )) bad++;
    ok( !bad, "%u of %u open sockets were lost.\n", bad, crowd->count );
}

static void close_crowd( const struct kind *kind, const struct crowd *crowd )
{
    unsigned int i, bad = 0;

    for (i = 0; i < crowd->count; i++) if (!kind->close( crowd, crowd->sockets[i] )) bad++;
    ok( !bad, "%u of %u sockets were not closed.\n", bad, crowd->count );
    for (i = 0; i < crowd->count; i++) if (kind->check( crowd, crowd->sockets[i], i )) bad++;
    ok( !bad, "%u of %u closed sockets were found.\n", bad, crowd->count );
}

/* The bytes of all blocks of all heaps of this process. */
static SIZE_T get_heap_size(void)
{
    PROCESS_HEAP_ENTRY entry;
    HANDLE heaps[64];
    DWORD i, count;
    SIZE_T size = 0;

    count = GetProcessHeaps( ARRAY_SIZE(heaps), heaps );
    ok( count && count <= ARRAY_SIZE(heaps), "Got %lu heaps.\n", count );
    for (i = 0; i < count && i < ARRAY_SIZE(heaps); i++)
    {
        memset( &entry, 0, sizeof(entry) );
        HeapLock( heaps[i] );
        while (HeapWalk( heaps[i], &entry ))
            if (entry.wFlags & PROCESS_HEAP_ENTRY_BUSY) size += entry.cbData + entry.cbOverhead;
        HeapUnlock( heaps[i] );
    }
    return size;
}

/* What the sockets take is ours, and a list of handles of Wine's Winsock. Pages are never given back, so this is for
 * the first turn only. */
static void check_memory( const struct kind *kind, const struct crowd *crowd, SIZE_T before )
{
    SIZE_T size = get_heap_size() - before;

    trace( "%s: %u sockets at a time take %Iu bytes, %.1f each\n", kind->name, crowd->count, size,
           (double)size / crowd->count );
    ok( size <= 64 * (SIZE_T)crowd->count + 2 * SLOT_PAGE, "%u sockets take %Iu bytes.\n", crowd->count, size );
    ok( size >= 4 * (SIZE_T)crowd->count, "%u sockets take %Iu bytes: the measure is wrong.\n", crowd->count, size );
}

static void check_kind( const struct kind *kind )
{
    ULONGLONG end = GetTickCount64() + MAX_TIME;
    unsigned int total, turns = 0, handles, handles_after;
    struct crowd crowd;
    SIZE_T before;

    install_layer( &crowd.layer, NULL, 0 );
    load_layer( &crowd.layer );
    start_winsock();
    closesocket( socket( AF_INET, SOCK_DGRAM, 0 ) );
    crowd.upcalls = &crowd.layer.control->instances[0].upcalls;
    crowd.base = get_base_entry( AF_INET, SOCK_DGRAM );
    crowd.sockets = malloc( TOTAL * sizeof(*crowd.sockets) );
    open_crowd( kind, &crowd, 1, 0, end );
    close_crowd( kind, &crowd );
    handles = count_handles( HANDLE_VALUES );
    before = get_heap_size();

    for (total = 0; total < TOTAL && GetTickCount64() < end; total += crowd.count)
    {
        open_crowd( kind, &crowd, TOTAL - total, total, end );
        check_crowd( kind, &crowd, total );
        if (!turns++) check_memory( kind, &crowd, before );
        close_crowd( kind, &crowd );
        if (!crowd.count) break;
    }
    trace( "%s: %u sockets in %u turns\n", kind->name, total, turns );
    if (total < TOTAL) skip( "Only %u sockets in %u s.\n", total, MAX_TIME / 1000 );
    handles_after = count_handles( HANDLE_VALUES );
    ok( handles_after == handles, "%u handles before, %u after.\n", handles, handles_after );
    free( crowd.sockets );
    WSACleanup();
}

static void test_non_ifs(void)
{
    check_kind( &non_ifs );
}

static void test_ifs(void)
{
    check_kind( &ifs );
}

static const struct test_case cases[] =
{
    { "non_ifs", test_non_ifs },
    { "ifs", test_ifs },
};

START_TEST(socket_count)
{
    run_cases( "socket_count", cases, ARRAY_SIZE(cases) );
}
