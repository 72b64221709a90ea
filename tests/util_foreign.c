/*
 * Helpers for tests of sockets that did not come from socket()
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

#include "util_foreign.h"

#define READY_EVENT L"winelsp-test-transfer"

static void get_transfer_path( WCHAR path[MAX_PATH] )
{
    GetTempPathW( MAX_PATH, path );
    lstrcatW( path, L"winelsp-test-transfer.bin" );
}

/* The event is there from the beginning of the first process that asks until the last one closes it; it is set when
 * there is a file, and reset by the reader. */
static HANDLE open_ready_event(void)
{
    static HANDLE event;

    if (!event) event = CreateEventW( NULL, FALSE, FALSE, READY_EVENT );
    ok( event != NULL, "CreateEvent failed, error %lu.\n", GetLastError() );
    return event;
}

void write_transfer( const struct transfer *transfer )
{
    WCHAR path[MAX_PATH];
    DWORD written = 0;
    HANDLE file;

    get_transfer_path( path );
    file = CreateFileW( path, GENERIC_WRITE, FILE_SHARE_READ, NULL, CREATE_ALWAYS, 0, NULL );
    WriteFile( file, transfer, sizeof(*transfer), &written, NULL );
    ok( written == sizeof(*transfer), "WriteFile failed, error %lu.\n", GetLastError() );
    CloseHandle( file );
    SetEvent( open_ready_event() );
}

const struct transfer *read_transfer(void)
{
    static struct transfer transfer;
    WCHAR path[MAX_PATH];
    DWORD size = 0;
    HANDLE file;

    ok( !WaitForSingleObject( open_ready_event(), 10000 ), "The other process is not ready.\n" );
    get_transfer_path( path );
    file = CreateFileW( path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL );
    ReadFile( file, &transfer, sizeof(transfer), &size, NULL );
    ok( size == sizeof(transfer), "ReadFile failed, error %lu.\n", GetLastError() );
    CloseHandle( file );
    DeleteFileW( path );
    return &transfer;
}

static BOOL is_chain_over( const WSAPROTOCOL_INFOW *entry, int type )
{
    return entry->ProtocolChain.ChainLen > 1 && entry->iSocketType == type &&
           !wcsncmp( entry->szProtocol, TEST_LAYER_NAME, wcslen( TEST_LAYER_NAME ));
}

void find_layer( struct test_layer *layer )
{
    unsigned int i, count;
    WSAPROTOCOL_INFOW *entries = get_catalog( &count );

    memset( layer, 0, sizeof(*layer) );
    for (i = 0; i < count; i++)
    {
        if (is_chain_over( &entries[i], SOCK_STREAM )) layer->tcp_id = entries[i].dwCatalogEntryId;
        if (is_chain_over( &entries[i], SOCK_DGRAM )) layer->udp_id = entries[i].dwCatalogEntryId;
    }
    free( entries );
    if (!layer->tcp_id) return;
    get_test_path( L"testlsp.dll", layer->path );
    load_layer( layer );
}

static void check_count( const char *file, int line, const struct test_layer *layer, enum testlsp_function function,
                         BOOL expected )
{
    LONG count = layer->control ? layer->control->counts[function] : 0;

    expected = expected && layer->control;
    ok_( file, line )( count == !!expected, "Function %d of the layer was called %ld times.\n", function, count );
}

static void check_entry( const char *file, int line, const struct test_layer *layer, SOCKET s, BOOL by_layer )
{
    WSAPROTOCOL_INFOW info;
    int len = sizeof(info);
    DWORD id;

    ok_( file, line )( !getsockopt( s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &len ),
                       "getsockopt failed, error %d.\n", WSAGetLastError() );
    if (!by_layer || !layer->tcp_id) id = get_base_entry( AF_INET, info.iSocketType ).dwCatalogEntryId;
    else id = info.iSocketType == SOCK_STREAM ? layer->tcp_id : layer->udp_id;
    ok_( file, line )( info.dwCatalogEntryId == id, "Got entry %lu, expected %lu.\n", info.dwCatalogEntryId, id );
}

void check_foreign_socket_( const char *file, int line, struct test_layer *layer, SOCKET s, BOOL by_layer )
{
    WSAPOLLFD poll = {.fd = s, .events = POLLWRNORM};
    struct sockaddr_in addr;
    int ret, len = sizeof(addr);
    DWORD flags;

    ok_( file, line )( !getsockname( s, (struct sockaddr *)&addr, &len ), "getsockname failed, error %d.\n",
                       WSAGetLastError() );
    check_entry( file, line, layer, s, by_layer );
    ret = WSAPoll( &poll, 1, 5000 );
    ok_( file, line )( ret == 1 && poll.revents == POLLWRNORM, "WSAPoll returned %d, %#x.\n", ret, poll.revents );

    if (layer->control) clear_counts( layer );
    ret = send( s, "hello", 5, 0 );
    ok_( file, line )( ret == 5, "send returned %d, error %d.\n", ret, WSAGetLastError() );
    check_count( file, line, layer, TESTLSP_SEND, by_layer );
    ret = closesocket( s );
    ok_( file, line )( !ret, "closesocket failed, error %d.\n", WSAGetLastError() );
    check_count( file, line, layer, TESTLSP_CLOSE_SOCKET, by_layer );
    ok_( file, line )( !GetHandleInformation( (HANDLE)s, &flags ), "The handle is still open.\n" );
    ok_( file, line )( closesocket( s ) == SOCKET_ERROR && WSAGetLastError() == WSAENOTSOCK, "Got error %d.\n",
                       WSAGetLastError() );
}

void check_hello_( const char *file, int line, SOCKET s )
{
    char buffer[16] = {0};
    int ret;

    ret = recv( s, buffer, 5, 0 );
    ok_( file, line )( ret == 5 && !strcmp( buffer, "hello" ), "recv returned %d, error %d.\n", ret,
                       WSAGetLastError() );
}
