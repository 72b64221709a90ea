/*
 * Tests of WPUCompleteOverlappedRequest in every context
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
#include "util_probe.h"

/* A request that a layer completes, with each notification that the application may have asked for (§4.8). */
static void check_completion( SOCKET s, HANDLE port, HANDLE event, DWORD code, DWORD win32 )
{
    OVERLAPPED overlapped = in_progress( event );
    int error;

    EXPECT_SUCCESS( !WPUCompleteOverlappedRequest( s, &overlapped, code, code ? 0 : 3, &error ));
    ok( overlapped.Internal != WSS_OPERATION_IN_PROGRESS, "The request is still in progress.\n" );
    check_fields( &overlapped, code ? 0 : 3, overlapped.Internal, event );
    if ((ULONG_PTR)event & 1) check_no_packet( port );
    else check_packet( port, 9, &overlapped, 3, win32 );
}

static void check_refusal( SOCKET s, DWORD size )
{
    HANDLE event = CreateEventW( NULL, TRUE, FALSE, NULL );
    OVERLAPPED overlapped = in_progress( event );
    int error;

    EXPECT_FAILURE( WPUCompleteOverlappedRequest( s, &overlapped, 0, size, &error ), SOCKET_ERROR, WSAEINVAL );
    ok( WPUCompleteOverlappedRequest( s, &overlapped, 0, size, NULL ) == SOCKET_ERROR, "Succeeded.\n" );
    check_fields( &overlapped, 0xdead, WSS_OPERATION_IN_PROGRESS, event );
    ok( WaitForSingleObject( event, 0 ) == WAIT_TIMEOUT, "The event is signalled.\n" );
    CloseHandle( event );
}

static void CDECL probe_completion( enum testlsp_context context, const WSPUPCALLTABLE *upcalls, DWORD catalog_id )
{
    HANDLE event = CreateEventW( NULL, TRUE, FALSE, NULL ), port;
    OVERLAPPED overlapped = in_progress( NULL );
    int error;
    SOCKET s;

    (void)context;
    s = upcalls->lpWPUCreateSocketHandle( catalog_id, 1, &error );
    ok( s != INVALID_SOCKET, "WPUCreateSocketHandle failed, error %d.\n", error );
    port = CreateIoCompletionPort( (HANDLE)s, NULL, 9, 0 );
    ok( port != NULL, "CreateIoCompletionPort failed, error %lu.\n", GetLastError() );

    check_completion( s, port, NULL, 0, 0 );
    check_completion( s, port, NULL, WSAECONNREFUSED, ERROR_CONNECTION_REFUSED );
    check_completion( s, port, event, 0, 0 );
    ok( !WaitForSingleObject( event, 0 ), "The event is not signalled.\n" );
    ResetEvent( event );
    check_completion( s, port, (HANDLE)((ULONG_PTR)event | 1), 0, 0 );
    ok( !WaitForSingleObject( event, 0 ), "The event is not signalled.\n" );
    ok( !WPUCompleteOverlappedRequest( s, &overlapped, 0, 3, NULL ), "Failed without a place for the error.\n" );
    check_packet( port, 9, &overlapped, 3, 0 );

    check_refusal( s, 0x7ffff001 );
    EXPECT_FAILURE( WPUCompleteOverlappedRequest( s, NULL, 0, 1, &error ), SOCKET_ERROR, WSAEINVAL );
    check_refusal( INVALID_SOCKET, 1 );
    check_refusal( 0, 1 );
    check_refusal( (SOCKET)event, 1 );
    check_refusal( 0xdeadbeef, 1 );
    EXPECT_SUCCESS( !upcalls->lpWPUCloseSocketHandle( s, &error ));
    check_refusal( s, 1 );
    check_no_packet( port );
    CloseHandle( port );
    CloseHandle( event );
}

static void test_completion(void)
{
    run_probe( 0, probe_completion );
}

/* A kernel handle, which completes by itself, is none of ours (§16, C-4). */
static void CDECL probe_kernel_socket( enum testlsp_context context, const WSPUPCALLTABLE *upcalls, DWORD catalog_id )
{
    int error;
    SOCKET s;

    if (context != TESTLSP_IN_CALL && context != TESTLSP_IN_THREAD) return;
    s = socket( AF_INET, SOCK_STREAM, 0 );
    ok( s != INVALID_SOCKET, "socket failed, error %d.\n", WSAGetLastError() );
    check_refusal( s, 1 );
    ok( upcalls->lpWPUModifyIFSHandle( catalog_id, s, &error ) == s, "WPUModifyIFSHandle failed, error %d.\n", error );
    check_refusal( s, 1 );
    closesocket( s );
    check_refusal( s, 1 );
}

static void test_kernel_socket(void)
{
    run_probe( LAYER_IFS, probe_kernel_socket );
}

static const struct test_case cases[] =
{
    { "completion", test_completion },
    { "kernel_socket", test_kernel_socket },
};

START_TEST(upcall_complete_overlapped_request)
{
    run_cases( "upcall_complete_overlapped_request", cases, ARRAY_SIZE(cases) );
}
