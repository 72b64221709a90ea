/*
 * Tests of file and device calls on sockets of the sample layer
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

#include "ntstatus.h"
#define WIN32_NO_STATUS
#include "util_tracelsp.h"
#include "winternl.h"
#include "winioctl.h"

/* Calls of the kernel's socket device that programs make without Winsock, as Windows numbers them. */
#define AFD_CODE(x)           CTL_CODE(FILE_DEVICE_BEEP, x, METHOD_NEITHER, FILE_ANY_ACCESS)
#define IOCTL_AFD_RECV        AFD_CODE(0x805)
#define IOCTL_AFD_POLL        CTL_CODE(FILE_DEVICE_BEEP, 0x809, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_AFD_GETSOCKNAME AFD_CODE(0x80b)
#define IOCTL_AFD_GET_EVENTS  AFD_CODE(0x822)

#define RECV_FORCE_ASYNC 2
#define MSG_NOT_OOB      0x20
#define POLL_READ        1
#define POLL_WRITE       4

struct recv_params
{
    const WSABUF *buffers;
    unsigned int count;
    int recv_flags;
    int msg_flags;
};

struct poll_params
{
    LONGLONG timeout;
    unsigned int count;
    BOOLEAN exclusive;
    SOCKET socket;
    int flags;
    int status;
};

struct pair
{
    SOCKET client, server;
    HANDLE event;
};

static void make_pair( struct pair *pair )
{
    tcp_pair( &pair->client, &pair->server );
    pair->event = CreateEventW( NULL, TRUE, FALSE, NULL );
}

static void close_pair( struct pair *pair )
{
    CloseHandle( pair->event );
    ok( !closesocket( pair->client ), "closesocket failed, error %d.\n", WSAGetLastError() );
    ok( !closesocket( pair->server ), "closesocket failed, error %d.\n", WSAGetLastError() );
}

static NTSTATUS control( SOCKET s, HANDLE event, IO_STATUS_BLOCK *io, ULONG code, void *in, ULONG in_size, void *out,
                         ULONG out_size )
{
    memset( io, 0xcc, sizeof(*io) );
    return NtDeviceIoControlFile( (HANDLE)s, event, NULL, NULL, io, code, in, in_size, out, out_size );
}

/* --- on a handle of the kernel --- */

static void check_getsockname( struct pair *pair )
{
    struct sockaddr_in expected, addr = {0};
    int len = sizeof(expected);
    IO_STATUS_BLOCK io;
    NTSTATUS status;

    getsockname( pair->server, (struct sockaddr *)&expected, &len );
    status = control( pair->server, pair->event, &io, IOCTL_AFD_GETSOCKNAME, NULL, 0, &addr, sizeof(addr) );
    ok( !status && io.Information == sizeof(addr), "Got status %#lx, size %#Ix.\n", status, io.Information );
    ok( addr.sin_port == expected.sin_port && addr.sin_addr.s_addr == htonl( INADDR_LOOPBACK ),
        "Got another address, port %u.\n", ntohs( addr.sin_port ) );
}

static void check_device_recv( struct pair *pair )
{
    char buffer[16] = {0};
    WSABUF buf = { sizeof(buffer), buffer };
    struct recv_params params = { &buf, 1, RECV_FORCE_ASYNC, MSG_NOT_OOB };
    IO_STATUS_BLOCK io;
    NTSTATUS status;

    status = control( pair->server, pair->event, &io, IOCTL_AFD_RECV, &params, sizeof(params), NULL, 0 );
    ok( status == STATUS_PENDING, "Got status %#lx.\n", status );
    ok( send( pair->client, "device", 6, 0 ) == 6, "send failed, error %d.\n", WSAGetLastError() );
    ok( !WaitForSingleObject( pair->event, 5000 ), "The call does not complete.\n" );
    ok( !io.Status && io.Information == 6 && !memcmp( buffer, "device", 6 ), "Got status %#lx, size %#Ix.\n",
        io.Status, io.Information );
}

static void check_device_poll( struct pair *pair )
{
    struct poll_params params = { -1000000, 1, FALSE, pair->server, POLL_READ | POLL_WRITE, 0 };
    IO_STATUS_BLOCK io;
    NTSTATUS status;

    status = control( pair->server, pair->event, &io, IOCTL_AFD_POLL, &params, sizeof(params), &params,
                      sizeof(params) );
    if (status == STATUS_PENDING)
    {
        ok( !WaitForSingleObject( pair->event, 5000 ), "The call does not complete.\n" );
        status = io.Status;
    }
    ok( !status && params.count == 1, "Got status %#lx, %u sockets.\n", status, params.count );
    ok( params.socket == pair->server && params.flags == POLL_WRITE, "Got socket %#Ix, flags %#x.\n", params.socket,
        params.flags );
}

static void check_files( struct pair *pair )
{
    OVERLAPPED overlapped = { .hEvent = pair->event };
    char buffer[16] = {0};
    DWORD size = 0;
    BOOL ret;

    ret = WriteFile( (HANDLE)pair->client, "written", 7, NULL, &overlapped );
    ok( ret || GetLastError() == ERROR_IO_PENDING, "WriteFile failed, error %lu.\n", GetLastError() );
    ret = GetOverlappedResult( (HANDLE)pair->client, &overlapped, &size, TRUE );
    ok( ret && size == 7, "Wrote %lu bytes, error %lu.\n", size, GetLastError() );
    ret = ReadFile( (HANDLE)pair->server, buffer, sizeof(buffer), NULL, &overlapped );
    ok( ret || GetLastError() == ERROR_IO_PENDING, "ReadFile failed, error %lu.\n", GetLastError() );
    ret = GetOverlappedResult( (HANDLE)pair->server, &overlapped, &size, TRUE );
    ok( ret && size == 7 && !memcmp( buffer, "written", 7 ), "Read %lu bytes, error %lu.\n", size, GetLastError() );
}

/* A request of ReadFile() and one of WSARecv(). Both end at once, and take nothing of what is sent later. */
static void check_cancel( struct pair *pair )
{
    OVERLAPPED overlapped = { .hEvent = pair->event };
    DWORD size = 0, flags = 0;
    char buffer[16];
    WSABUF buf = { sizeof(buffer), buffer };
    BOOL ret;

    ret = ReadFile( (HANDLE)pair->server, buffer, sizeof(buffer), NULL, &overlapped );
    ok( !ret && GetLastError() == ERROR_IO_PENDING, "Got %d, error %lu.\n", ret, GetLastError() );
    ok( CancelIoEx( (HANDLE)pair->server, &overlapped ), "CancelIoEx failed, error %lu.\n", GetLastError() );
    ok( !WaitForSingleObject( pair->event, 5000 ), "The request does not end.\n" );
    ret = GetOverlappedResult( (HANDLE)pair->server, &overlapped, &size, FALSE );
    ok( !ret && GetLastError() == ERROR_OPERATION_ABORTED, "Got %d, error %lu.\n", ret, GetLastError() );

    ret = WSARecv( pair->server, &buf, 1, NULL, &flags, &overlapped, NULL );
    ok( ret && WSAGetLastError() == WSA_IO_PENDING, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ok( CancelIoEx( (HANDLE)pair->server, &overlapped ), "CancelIoEx failed, error %lu.\n", GetLastError() );
    ok( !WaitForSingleObject( pair->event, 5000 ), "The request does not end.\n" );
    ret = WSAGetOverlappedResult( pair->server, &overlapped, &size, FALSE, &flags );
    ok( !ret && WSAGetLastError() == WSA_OPERATION_ABORTED, "Got %d, error %d.\n", ret, WSAGetLastError() );
    check_echo( pair->client, pair->server );
}

static void check_duplicate( struct pair *pair )
{
    HANDLE process = GetCurrentProcess(), handle = NULL;
    BOOL ret;

    ret = DuplicateHandle( process, (HANDLE)pair->server, process, &handle, 0, FALSE, DUPLICATE_SAME_ACCESS );
    ok( ret, "DuplicateHandle failed, error %lu.\n", GetLastError() );
    check_echo( pair->client, (SOCKET)handle );
    ok( !closesocket( (SOCKET)handle ), "closesocket failed, error %d.\n", WSAGetLastError() );
    check_echo( pair->client, pair->server );
}

/* An IFS layer sees what the program does by Winsock, and nothing of what it asks the kernel for: both ends of what
 * check_echo() moves, one of the six bytes of check_device_recv(), and none of what check_files() does. */
static void check_kernel_handle( struct pair *pair, const WCHAR *kind )
{
    DWORD sent, received;
    char *lines;

    ok( GetFileType( (HANDLE)pair->server ) == FILE_TYPE_PIPE, "Got file type %lu.\n",
        GetFileType( (HANDLE)pair->server ) );
    check_getsockname( pair );
    check_device_recv( pair );
    check_device_poll( pair );
    check_files( pair );
    check_cancel( pair );
    check_duplicate( pair );
    if (!kind) return;
    lines = read_trace();
    sent = sum_bytes( lines, "WSPSend " );
    received = sum_bytes( lines, "WSPRecv " );
    ok( received && sent == received + 6, "The layer saw %lu bytes sent, %lu received.\n", sent, received );
    free( lines );
}

/* --- on a handle that a non-IFS layer made, which the kernel knows nothing about --- */

/* Nothing of the calls is pending when they are back. */
static void check_device_refused( struct pair *pair )
{
    char buffer[16] = {0};
    WSABUF buf = { sizeof(buffer), buffer };
    struct recv_params recv_params = { &buf, 1, RECV_FORCE_ASYNC, MSG_NOT_OOB };
    struct poll_params poll_params = { -1000000, 1, FALSE, pair->server, POLL_READ | POLL_WRITE, 0 };
    struct sockaddr_in addr;
    int events[14];
    const struct
    {
        ULONG code;
        void *in;
        ULONG in_size;
        void *out;
        ULONG out_size;
    } calls[] =
    {
        { IOCTL_AFD_GETSOCKNAME, NULL, 0, &addr, sizeof(addr) },
        { IOCTL_AFD_RECV, &recv_params, sizeof(recv_params), NULL, 0 },
        { IOCTL_AFD_POLL, &poll_params, sizeof(poll_params), &poll_params, sizeof(poll_params) },
        { IOCTL_AFD_GET_EVENTS, NULL, 0, events, sizeof(events) },
    };
    IO_STATUS_BLOCK io;
    NTSTATUS status;
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(calls); i++)
    {
        winetest_push_context( "code %#lx", calls[i].code );
        status = control( pair->server, pair->event, &io, calls[i].code, calls[i].in, calls[i].in_size,
                          calls[i].out, calls[i].out_size );
        ok( NT_ERROR(status), "Got status %#lx.\n", status );
        check_echo( pair->client, pair->server );
        winetest_pop_context();
    }
    ok( !buffer[0], "Data went into the buffer.\n" );
}

static void check_files_refused( struct pair *pair )
{
    OVERLAPPED overlapped = { .hEvent = pair->event };
    char buffer[16];
    BOOL ret;

    ret = WriteFile( (HANDLE)pair->client, "written", 7, NULL, &overlapped );
    ok( !ret && GetLastError() == ERROR_ACCESS_DENIED, "Got %d, error %lu.\n", ret, GetLastError() );
    ret = ReadFile( (HANDLE)pair->server, buffer, sizeof(buffer), NULL, &overlapped );
    ok( !ret && GetLastError() == ERROR_ACCESS_DENIED, "Got %d, error %lu.\n", ret, GetLastError() );
    check_echo( pair->client, pair->server );
}

/* The kernel has no such request. It stays with the layer, and completes. */
static void check_cancel_refused( struct pair *pair )
{
    OVERLAPPED overlapped = { .hEvent = pair->event };
    DWORD size = 0, flags = 0;
    char buffer[16];
    WSABUF buf = { sizeof(buffer), buffer };
    BOOL ret;

    ret = WSARecv( pair->server, &buf, 1, NULL, &flags, &overlapped, NULL );
    ok( ret && WSAGetLastError() == WSA_IO_PENDING, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ret = CancelIoEx( (HANDLE)pair->server, &overlapped );
    ok( !ret && GetLastError() == ERROR_NOT_FOUND, "Got %d, error %lu.\n", ret, GetLastError() );
    ok( WaitForSingleObject( pair->event, 100 ) == WAIT_TIMEOUT, "The request has ended.\n" );
    ok( send( pair->client, "late", 4, 0 ) == 4, "send failed, error %d.\n", WSAGetLastError() );
    ok( !WaitForSingleObject( pair->event, 5000 ), "The request does not end.\n" );
    ret = WSAGetOverlappedResult( pair->server, &overlapped, &size, FALSE, &flags );
    ok( ret && size == 4 && !memcmp( buffer, "late", 4 ), "Got %d, %lu bytes.\n", ret, size );
}

/* A duplicate is not a socket, and closing it does not close the socket. */
static void check_duplicate_refused( struct pair *pair )
{
    HANDLE process = GetCurrentProcess(), handle = NULL;
    BOOL ret;

    ret = DuplicateHandle( process, (HANDLE)pair->server, process, &handle, 0, FALSE, DUPLICATE_SAME_ACCESS );
    ok( ret, "DuplicateHandle failed, error %lu.\n", GetLastError() );
    ret = send( (SOCKET)handle, "data", 4, 0 );
    ok( ret == SOCKET_ERROR && WSAGetLastError() == WSAENOTSOCK, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ok( CloseHandle( handle ), "CloseHandle failed, error %lu.\n", GetLastError() );
    check_echo( pair->client, pair->server );
}

static void check_made_up_handle( struct pair *pair )
{
    check_device_refused( pair );
    check_files_refused( pair );
    check_cancel_refused( pair );
    check_duplicate_refused( pair );
}

static void check_handles( const WCHAR *kind )
{
    struct pair pair;

    make_pair( &pair );
    if (kind && !wcscmp( kind, L"--non-ifs" )) check_made_up_handle( &pair );
    else check_kernel_handle( &pair, kind );
    close_pair( &pair );
}

START_TEST(stack_afd)
{
    run_kinds( "stack_afd", check_handles );
}
