/*
 * Tests of what an application sees of a failed overlapped request
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

#include "util_complete.h"

/* What GetQueuedCompletionStatus and GetOverlappedResult say on Windows when a socket request fails with an error of
 * Winsock: the kernel completes it with an NTSTATUS, of which they give the Win32 error. These numbers are the public
 * mapping of RtlNtStatusToDosError. An error that the kernel has no NTSTATUS for arrives as it is. */
static const struct { DWORD error, win32; } errors[] =
{
    { 6, 6 },           /* WSA_INVALID_HANDLE */
    { 8, 8 },           /* WSA_NOT_ENOUGH_MEMORY */
    { 87, 87 },         /* WSA_INVALID_PARAMETER */
    { 995, 995 },       /* WSA_OPERATION_ABORTED: ERROR_OPERATION_ABORTED */
    { 996, 31 },        /* WSA_IO_INCOMPLETE is nonsense here: ERROR_GEN_FAILURE */
    { 997, 31 },        /* WSA_IO_PENDING likewise */
    { 10004, 1235 },    /* WSAEINTR: ERROR_REQUEST_ABORTED */
    { 10009, 10009 },
    { 10013, 5 },       /* WSAEACCES: ERROR_ACCESS_DENIED */
    { 10014, 122 },     /* WSAEFAULT: ERROR_INSUFFICIENT_BUFFER; a bad pointer makes no request that could complete */
    { 10022, 87 },      /* WSAEINVAL: ERROR_INVALID_PARAMETER */
    { 10024, 4 },       /* WSAEMFILE: ERROR_TOO_MANY_OPEN_FILES */
    { 10035, 21 },      /* WSAEWOULDBLOCK: ERROR_NOT_READY */
    { 10036, 10036 },
    { 10037, 10037 },
    { 10038, 6 },       /* WSAENOTSOCK: ERROR_INVALID_HANDLE */
    { 10039, 10039 },
    { 10040, 234 },     /* WSAEMSGSIZE: ERROR_MORE_DATA */
    { 10041, 10041 },
    { 10042, 10042 },
    { 10043, 10043 },
    { 10044, 10044 },
    { 10045, 50 },      /* WSAEOPNOTSUPP: ERROR_NOT_SUPPORTED */
    { 10046, 10046 },
    { 10047, 10047 },
    { 10048, 32 },      /* WSAEADDRINUSE: ERROR_SHARING_VIOLATION */
    { 10049, 1214 },    /* WSAEADDRNOTAVAIL: ERROR_INVALID_NETNAME */
    { 10050, 54 },      /* WSAENETDOWN: ERROR_NETWORK_BUSY */
    { 10051, 1231 },    /* WSAENETUNREACH: ERROR_NETWORK_UNREACHABLE */
    { 10052, 10052 },
    { 10053, 1236 },    /* WSAECONNABORTED: ERROR_CONNECTION_ABORTED */
    { 10054, 64 },      /* WSAECONNRESET: ERROR_NETNAME_DELETED */
    { 10055, 1450 },    /* WSAENOBUFS: ERROR_NO_SYSTEM_RESOURCES */
    { 10056, 1230 },    /* WSAEISCONN: ERROR_CONNECTION_ACTIVE */
    { 10057, 59 },      /* WSAENOTCONN: ERROR_UNEXP_NET_ERR */
    { 10058, 233 },     /* WSAESHUTDOWN: ERROR_PIPE_NOT_CONNECTED */
    { 10059, 10059 },
    { 10060, 121 },     /* WSAETIMEDOUT: ERROR_SEM_TIMEOUT */
    { 10061, 1225 },    /* WSAECONNREFUSED: ERROR_CONNECTION_REFUSED */
    { 10062, 10062 },
    { 10063, 10063 },
    { 10064, 1256 },    /* WSAEHOSTDOWN: ERROR_HOST_DOWN */
    { 10065, 1232 },    /* WSAEHOSTUNREACH: ERROR_HOST_UNREACHABLE */
    { 10066, 10066 },
    { 10067, 10067 },
    { 10068, 10068 },
    { 10069, 10069 },
    { 10070, 10070 },
    { 10071, 10071 },
    { 10091, 10091 },
    { 10092, 10092 },
    { 10093, 10093 },
    { 10101, 1226 },    /* WSAEDISCON: ERROR_GRACEFUL_DISCONNECT */
    { 10102, 10102 },
    { 10103, 10103 },
    { 10104, 10104 },
    { 10105, 10105 },
    { 10106, 10106 },
    { 10107, 10107 },
    { 10108, 10108 },
    { 10109, 10109 },
    { 10110, 10110 },
    { 10111, 10111 },
    { 10112, 10112 },
    { 11001, 11001 },
    { 11002, 11002 },
    { 11003, 11003 },
    { 11004, 11004 },
    /* not of Winsock, but what a layer finds with the functions of Win32 */
    { 2, 2 },
    { 5, 5 },
    { 50, 50 },
    { 64, 64 },
    { 1236, 1236 },
    { 12345, 12345 },
    { 0xffff, 0xffff },
    { 0x10000, 31 },    /* has no place for the error in the NTSTATUS: ERROR_GEN_FAILURE */
    { 0x103e5, 31 },    /* neither, and its low word is WSA_IO_PENDING */
    { 0x80004005, 31 },
    { 0xffffffff, 31 },
};

/* Completes a request with an error and returns what the packet says; 0 is never right. */
static DWORD round_trip( SOCKET s, HANDLE port, DWORD error )
{
    OVERLAPPED overlapped = in_progress( NULL ), *got = NULL;
    ULONG_PTR key = 0;
    DWORD size, packet_error;
    BOOL ret;

    complete( s, &overlapped, error, 0 );
    check_fields( &overlapped, 0, overlapped.Internal, NULL );
    SetLastError( 0 );
    ret = GetQueuedCompletionStatus( port, &size, &key, &got, 5000 );
    packet_error = GetLastError();
    ok( !ret && got == &overlapped && key == 1, "Got %d, overlapped %p, key %#Ix.\n", ret, got, key );

    SetLastError( 0 );
    ok( !GetOverlappedResult( (HANDLE)s, &overlapped, &size, FALSE ), "GetOverlappedResult succeeded.\n" );
    ok( GetLastError() == packet_error, "GetOverlappedResult says %lu, the packet %lu.\n", GetLastError(),
        packet_error );
    return packet_error;
}

static void test_table(void)
{
    struct test_layer layer;
    SOCKET s = make_handle( &layer );
    HANDLE port = CreateIoCompletionPort( (HANDLE)s, NULL, 1, 0 );
    unsigned int i;
    DWORD win32;

    for (i = 0; i < ARRAY_SIZE(errors); i++)
    {
        winetest_push_context( "error %lu", errors[i].error );
        win32 = round_trip( s, port, errors[i].error );
        ok( win32 == errors[i].win32, "Got %lu, expected %lu.\n", win32, errors[i].win32 );
        winetest_pop_context();
    }
    check_no_packet( port );
    CloseHandle( port );
    WSACleanup();
}

/* What Wine's own tests find in Internal. */
static void test_internal(void)
{
    static const struct { DWORD error; NTSTATUS status; } statuses[] =
    {
        { WSA_OPERATION_ABORTED, STATUS_CANCELLED },
        { WSAEFAULT, STATUS_BUFFER_TOO_SMALL },
        { WSAEOPNOTSUPP, STATUS_NOT_SUPPORTED },
    };
    struct test_layer layer;
    SOCKET s = make_handle( &layer );
    OVERLAPPED overlapped;
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(statuses); i++)
    {
        overlapped = in_progress( NULL );
        complete( s, &overlapped, statuses[i].error, 0 );
        check_fields( &overlapped, 0, statuses[i].status, NULL );
    }
    WSACleanup();
}

/* Whatever a provider gives as an error: one packet, a failure, and none that says success or "not yet". */
static void test_every_error(void)
{
    struct test_layer layer;
    SOCKET s = make_handle( &layer );
    HANDLE port = CreateIoCompletionPort( (HANDLE)s, NULL, 1, 0 );
    DWORD error, win32;

    for (error = 1; error < 11100; error += error == 1100 ? 8900 : 1)
    {
        winetest_push_context( "error %lu", error );
        win32 = round_trip( s, port, error );
        ok( win32 && win32 != WSA_IO_PENDING && win32 != WSA_IO_INCOMPLETE, "Got error %lu.\n", win32 );
        winetest_pop_context();
    }
    check_no_packet( port );
    CloseHandle( port );
    WSACleanup();
}

/* A part of a datagram: the count counts, in the OVERLAPPED at least. */
static void test_count(void)
{
    HANDLE event = CreateEventW( NULL, TRUE, FALSE, NULL ), port;
    OVERLAPPED overlapped = in_progress( event ), *got = NULL;
    struct test_layer layer;
    SOCKET s = make_handle( &layer );
    ULONG_PTR key;
    DWORD size = 0xdead;

    port = CreateIoCompletionPort( (HANDLE)s, NULL, 1, 0 );
    complete( s, &overlapped, WSAEMSGSIZE, 100 );
    check_fields( &overlapped, 100, STATUS_BUFFER_OVERFLOW, event );
    ok( !WaitForSingleObject( event, 0 ), "The event is not signalled.\n" );
    ok( !GetQueuedCompletionStatus( port, &size, &key, &got, 5000 ) && got == &overlapped, "Got overlapped %p.\n",
        got );
    ok( GetLastError() == ERROR_MORE_DATA, "Got error %lu.\n", GetLastError() );
    /* Wine has no call that posts both an error and a count. */
    todo_wine ok( size == 100, "Got %lu bytes.\n", size );
    check_no_packet( port );
    CloseHandle( event );
    CloseHandle( port );
    WSACleanup();
}

static const struct test_case cases[] =
{
    { "table", test_table },
    { "internal", test_internal },
    { "every_error", test_every_error },
    { "count", test_count },
};

START_TEST(complete_error)
{
    run_cases( "complete_error", cases, ARRAY_SIZE(cases) );
}
