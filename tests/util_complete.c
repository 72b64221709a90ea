/*
 * What the tests of completion share
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

SOCKET make_handle( struct test_layer *layer )
{
    const WSPUPCALLTABLE *upcalls;
    int error = 0;
    SOCKET s;

    install_layer( layer, NULL, 0 );
    load_layer( layer );
    start_winsock();
    closesocket( socket( AF_INET, SOCK_STREAM, 0 ));
    ok( layer->control->instance_count == 1, "The provider was not started.\n" );
    if (!layer->control->instance_count) ExitProcess( 1 );
    upcalls = &layer->control->instances[0].upcalls;
    s = upcalls->lpWPUCreateSocketHandle( layer->tcp_id, 1, &error );
    ok( s != INVALID_SOCKET, "WPUCreateSocketHandle failed, error %d.\n", error );
    return s;
}

OVERLAPPED in_progress( HANDLE event )
{
    OVERLAPPED overlapped = {0};

    overlapped.Internal = WSS_OPERATION_IN_PROGRESS;
    overlapped.InternalHigh = 0xdead;
    overlapped.Offset = 0x1234;
    overlapped.OffsetHigh = 0x5678;
    overlapped.hEvent = event;
    return overlapped;
}

void check_fields( const OVERLAPPED *overlapped, DWORD size, NTSTATUS status, HANDLE event )
{
    ok( overlapped->InternalHigh == size, "Got %#Ix bytes.\n", overlapped->InternalHigh );
    ok( (NTSTATUS)overlapped->Internal == status, "Got status %#lx, expected %#lx.\n", (NTSTATUS)overlapped->Internal,
        status );
    ok( overlapped->Offset == 0x1234 && overlapped->OffsetHigh == 0x5678, "Offset was changed to %#lx, %#lx.\n",
        overlapped->Offset, overlapped->OffsetHigh );
    ok( overlapped->hEvent == event, "The event was changed.\n" );
}

void check_no_packet( HANDLE port )
{
    OVERLAPPED *overlapped;
    ULONG_PTR key;
    DWORD size;

    ok( !GetQueuedCompletionStatus( port, &size, &key, &overlapped, 50 ) && !overlapped, "There is a packet.\n" );
    ok( GetLastError() == WAIT_TIMEOUT, "Got error %lu.\n", GetLastError() );
}

void check_packet( HANDLE port, ULONG_PTR expected_key, const OVERLAPPED *expected, DWORD expected_size,
                          DWORD expected_error )
{
    OVERLAPPED *overlapped = NULL;
    ULONG_PTR key = 0;
    DWORD size = 0;
    BOOL ret;

    SetLastError( 0xdeadbeef );
    ret = GetQueuedCompletionStatus( port, &size, &key, &overlapped, 5000 );
    ok( ret == !expected_error, "Got %d, error %lu.\n", ret, GetLastError() );
    if (expected_error)
        ok( GetLastError() == expected_error, "Got error %lu, expected %lu.\n", GetLastError(), expected_error );
    ok( overlapped == expected, "Got overlapped %p, expected %p.\n", overlapped, expected );
    ok( key == expected_key, "Got key %#Ix.\n", key );
    if (!expected_error) ok( size == expected_size, "Got %lu bytes, expected %lu.\n", size, expected_size );
    check_no_packet( port );
}

void complete( SOCKET s, OVERLAPPED *overlapped, DWORD code, DWORD size )
{
    int ret, error = 0;

    SetLastError( 0xbeef );
    ret = WPUCompleteOverlappedRequest( s, overlapped, code, size, &error );
    ok( !ret, "WPUCompleteOverlappedRequest returned %d, error %d.\n", ret, error );
    ok( GetLastError() == 0xbeef, "The last error was changed to %lu.\n", GetLastError() );
}
