/*
 * Test the overlapped requests of the sample layer from several threads
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
#include "util_tracelsp.h"
#include <tlhelp32.h>

/* Each request of a socket has one packet, whichever thread of the layer hands it up, and those for receiving come in
 * the order in which they were made, as without a layer. */

#define CONNECTIONS 3
#define ROUNDS      1500
#define OUTSTANDING 3       /* for receiving */

struct operation
{
    OVERLAPPED overlapped;  /* must be first */
    LONG packets;
};

struct connection
{
    SOCKET client, server;
    struct operation sends[ROUNDS], receives[ROUNDS + 1];
    char sent, received[ROUNDS + 1];
    LONG received_count, failed;
};

static struct connection connections[CONNECTIONS];

static DWORD WINAPI send_bytes( void *param )
{
    struct connection *connection = param;
    WSABUF buffer = {1, &connection->sent};
    unsigned int i;

    for (i = 0; i < ROUNDS; i++)
    {
        if (i % 16 == 15) SwitchToThread();
        if (WSASend( connection->client, &buffer, 1, NULL, 0, &connection->sends[i].overlapped, NULL ) &&
            WSAGetLastError() != WSA_IO_PENDING) InterlockedIncrement( &connection->failed );
    }
    return 0;
}

static void receive_byte( struct connection *connection, unsigned int i )
{
    WSABUF buffer = {1, &connection->received[i]};
    DWORD flags = 0;

    if (WSARecv( connection->server, &buffer, 1, NULL, &flags, &connection->receives[i].overlapped, NULL ) &&
        WSAGetLastError() != WSA_IO_PENDING) InterlockedIncrement( &connection->failed );
}

static DWORD WINAPI receive_bytes( void *param )
{
    struct connection *connection = param;
    LONG i;

    for (i = 0; i < ROUNDS; i++)
    {
        while (i - InterlockedCompareExchange( &connection->received_count, 0, 0 ) >= OUTSTANDING) SwitchToThread();
        receive_byte( connection, i );
    }
    return 0;
}

/* Takes a packet, and says whether it is in order. */
static BOOL take_packet( HANDLE port, unsigned int *bad_order )
{
    struct connection *connection;
    OVERLAPPED *overlapped = NULL;
    struct operation *operation;
    ULONG_PTR key;
    DWORD size;

    GetQueuedCompletionStatus( port, &size, &key, &overlapped, 5000 );
    if (!overlapped) return FALSE;
    connection = &connections[key];
    operation = (struct operation *)overlapped;
    operation->packets++;
    if (operation < connection->receives || operation > &connection->receives[ROUNDS]) return TRUE;
    if (operation != &connection->receives[connection->received_count]) (*bad_order)++;
    InterlockedIncrement( &connection->received_count );
    return TRUE;
}

static void make_connection( unsigned int i, HANDLE port )
{
    struct connection *connection = &connections[i];

    tcp_pair( &connection->client, &connection->server );
    ok( CreateIoCompletionPort( (HANDLE)connection->client, port, i, 0 ) == port, "Got error %lu.\n", GetLastError() );
    ok( CreateIoCompletionPort( (HANDLE)connection->server, port, i, 0 ) == port, "Got error %lu.\n", GetLastError() );
}

/* The last request for receiving is ended by closing the socket. */
static void end_connection( struct connection *connection )
{
    receive_byte( connection, ROUNDS );
    closesocket( connection->server );
    closesocket( connection->client );
}

static void check_packets( const struct connection *connection )
{
    unsigned int i, wrong = 0;

    for (i = 0; i < ROUNDS; i++)
        if (connection->sends[i].packets != 1 || connection->sends[i].overlapped.InternalHigh != 1) wrong++;
    for (i = 0; i <= ROUNDS; i++)
        if (connection->receives[i].packets != 1 || connection->receives[i].overlapped.InternalHigh != (i < ROUNDS))
            wrong++;
    ok( !wrong, "%u requests had not one packet, or not one byte.\n", wrong );
    ok( !connection->failed, "%ld requests failed.\n", connection->failed );
}

static void test_requests(void)
{
    HANDLE port = CreateIoCompletionPort( INVALID_HANDLE_VALUE, NULL, 0, 0 ), threads[2 * CONNECTIONS];
    unsigned int i, packets = 0, bad_order = 0;


    for (i = 0; i < CONNECTIONS; i++)
    {
        make_connection( i, port );
        threads[2 * i] = CreateThread( NULL, 0, receive_bytes, &connections[i], 0, NULL );
        threads[2 * i + 1] = CreateThread( NULL, 0, send_bytes, &connections[i], 0, NULL );
    }
    while (packets < 2 * ROUNDS * CONNECTIONS && take_packet( port, &bad_order )) packets++;
    ok( packets == 2 * ROUNDS * CONNECTIONS, "Got %u packets.\n", packets );
    ok( !WaitForMultipleObjects( ARRAY_SIZE(threads), threads, TRUE, 5000 ), "The threads do not end.\n" );

    for (i = 0; i < CONNECTIONS; i++) end_connection( &connections[i] );
    for (i = 0; i < CONNECTIONS; i++) ok( take_packet( port, &bad_order ), "No packet for a closed socket.\n" );
    for (i = 0; i < CONNECTIONS; i++) check_packets( &connections[i] );
    ok( !bad_order, "%u packets were out of order.\n", bad_order );
    for (i = 0; i < ARRAY_SIZE(threads); i++) CloseHandle( threads[i] );
    CloseHandle( port );
}

#define MAX_THREADS 64

static unsigned int get_threads( DWORD ids[MAX_THREADS] )
{
    HANDLE snapshot = CreateToolhelp32Snapshot( TH32CS_SNAPTHREAD, 0 );
    THREADENTRY32 entry = {.dwSize = sizeof(entry)};
    unsigned int count = 0;
    BOOL found;

    for (found = Thread32First( snapshot, &entry ); found; found = Thread32Next( snapshot, &entry ))
        if (entry.th32OwnerProcessID == GetCurrentProcessId() && count < MAX_THREADS) ids[count++] = entry.th32ThreadID;
    CloseHandle( snapshot );
    return count;
}

/* A thread that was not there before; NULL without. */
static HANDLE open_new_thread( const DWORD *before, unsigned int before_count )
{
    unsigned int i, j, count;
    DWORD ids[MAX_THREADS];

    count = get_threads( ids );
    for (i = 0; i < count; i++)
    {
        for (j = 0; j < before_count && before[j] != ids[i]; j++) continue;
        if (j == before_count) return OpenThread( THREAD_SUSPEND_RESUME, FALSE, ids[i] );
    }
    return NULL;
}

#define expect_packet( port, operation ) expect_packet_( __LINE__, port, operation )
static void expect_packet_( int line, HANDLE port, const OVERLAPPED *expected )
{
    OVERLAPPED *overlapped = NULL;
    ULONG_PTR key;
    DWORD size;

    GetQueuedCompletionStatus( port, &size, &key, &overlapped, expected ? 1000 : 50 );
    ok_(__FILE__, line)( overlapped == expected, "Got %p, expected %p.\n", overlapped, expected );
}

static int receive( SOCKET s, OVERLAPPED *overlapped )
{
    static char byte;
    WSABUF buffer = {1, &byte};
    DWORD flags = 0;

    return WSARecv( s, &buffer, 1, NULL, &flags, overlapped, NULL ) ? WSAGetLastError() : 0;
}

/* Until a request has taken one of two bytes. */
static void wait_for_second_byte( SOCKET s )
{
    u_long count = 0;
    int i;

    for (i = 0; i < 200 && count != 1; i++)
    {
        SleepEx( 5, FALSE );
        ioctlsocket( s, FIONREAD, &count );
    }
    ok( count == 1, "%lu bytes are left.\n", count );
}

/* The thread of the layer that takes the completions of the layer below is stopped for a while: what is done at once
 * does not need it, and what is not the first to be done waits for it. */
static void test_turns( const WCHAR *kind )
{
    HANDLE port = CreateIoCompletionPort( INVALID_HANDLE_VALUE, NULL, 0, 0 ), thread = NULL;
    OVERLAPPED receives[2] = {{0}}, sending = {0};
    BOOL non_ifs = kind && !wcscmp( kind, L"--non-ifs" );
    WSABUF buffer = {1, (char *)"a"};
    DWORD threads[MAX_THREADS];
    SOCKET client, server;
    unsigned int count;
    int error;

    tcp_pair( &client, &server );
    ok( CreateIoCompletionPort( (HANDLE)server, port, 0, 0 ) == port, "Got error %lu.\n", GetLastError() );
    count = get_threads( threads );
    error = receive( server, &receives[0] );
    ok( error == WSA_IO_PENDING, "Got error %d.\n", error );
    if (non_ifs)
    {
        thread = open_new_thread( threads, count );
        ok( !!thread, "The layer has no thread.\n" );
        Sleep( 50 );    /* it waits then */
        ok( !SuspendThread( thread ), "Got error %lu.\n", GetLastError() );
    }

    ok( !WSASend( server, &buffer, 1, NULL, 0, &sending, NULL ), "Got error %d.\n", WSAGetLastError() );
    expect_packet( port, &sending );

    ok( send( client, "bc", 2, 0 ) == 2, "Got error %d.\n", WSAGetLastError() );
    wait_for_second_byte( server );
    error = receive( server, &receives[1] );
    ok( error == (non_ifs ? WSA_IO_PENDING : 0), "Got error %d.\n", error );
    if (non_ifs)
    {
        expect_packet( port, NULL );
        ResumeThread( thread );
        CloseHandle( thread );
    }
    expect_packet( port, &receives[0] );
    expect_packet( port, &receives[1] );
    closesocket( client );
    closesocket( server );
    CloseHandle( port );
}

/* Whose Internal says so, though no request was made with it: the event ends the wait. */
static void test_no_request(void)
{
    HANDLE event = CreateEventW( NULL, TRUE, TRUE, NULL );
    OVERLAPPED overlapped = {0};
    SOCKET s = socket( AF_INET, SOCK_DGRAM, 0 );
    DWORD size = 0xdead, flags;

    overlapped.Internal = STATUS_PENDING;
    overlapped.hEvent = event;
    ok( WSAGetOverlappedResult( s, &overlapped, &size, TRUE, &flags ), "Got error %d.\n", WSAGetLastError() );
    ok( !size, "Got %lu bytes.\n", size );
    closesocket( s );
    CloseHandle( event );
}

static void test_kind( const WCHAR *kind )
{
    test_no_request();
    test_turns( kind );
    test_requests();
}

START_TEST(tracelsp_requests)
{
    run_kinds( "tracelsp_requests", test_kind );
}
