/*
 * Sockets that Wine's Winsock has not made
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

#include "mswsock_private.h"

/* Wine's Winsock keeps a list of the sockets that it has made in this process. send(), getsockname(), getsockopt(),
 * WSAPoll(), WSAGetOverlappedResult() and closesocket() fail with WSAENOTSOCK for any other (8.0), such as one that
 * the process has inherited or that somebody duplicated with DuplicateHandle(). Windows knows those as well. The only
 * way into the list is the structure of a duplicated socket. */

/* Wine marks that structure with this in dwServiceFlags4, and has the handle in dwServiceFlags3. */
#define DUPLICATE_MARK 0xff00ff00

static SRWLOCK learn_lock = SRWLOCK_INIT;   /* held for calls of Wine's Winsock that do not wait */

/* SO_DONTROUTE is an option that it answers for each socket in its list, whatever its kind and state, by itself. */
BOOL is_known_socket( SOCKET s )
{
    BOOL value;
    int len = sizeof(value);

    return !get_base_winsock()->getsockopt( s, SOL_SOCKET, SO_DONTROUTE, (char *)&value, &len );
}

/* Of any other it tells nothing but by duplicating it once more. */
int get_foreign_socket_info( SOCKET s, WSAPROTOCOL_INFOW *info )
{
    if (get_base_winsock()->WSADuplicateSocketW( s, GetCurrentProcessId(), info )) return WSAENOTSOCK;
    CloseHandle( ULongToHandle( info->dwServiceFlags3 ) );
    info->dwServiceFlags3 = info->dwServiceFlags4 = 0;
    return 0;
}

void set_duplicate_mark( WSAPROTOCOL_INFOW *info, DWORD handle )
{
    info->dwServiceFlags3 = handle;
    info->dwServiceFlags4 = DUPLICATE_MARK;
}

DWORD get_marked_duplicate( const WSAPROTOCOL_INFOW *info )
{
    return info->dwServiceFlags4 == DUPLICATE_MARK ? info->dwServiceFlags3 : 0;
}

/* A handle that another thread is just making into a socket looks like a foreign one until it is in the list, and
 * would be in it twice: closesocket() would leave an entry for whatever gets the value next. The flag is set before
 * the list is looked at, and settle_new_socket() looks at the flag after the socket came into the list, so one of
 * the two sees the other. */
BOOL learn_foreign_socket( SOCKET s )
{
    WSAPROTOCOL_INFOW info, marked = {0};
    BOOL learned, ret = FALSE;

    if (is_known_socket( s )) return FALSE;

    AcquireSRWLockExclusive( &learn_lock );
    learned = learned_get( s );
    learned_set( s, TRUE );
    if (!is_known_socket( s ))
    {
        learned = FALSE;
        if (!get_foreign_socket_info( s, &info ))
        {
            set_duplicate_mark( &marked, s );
            ret = get_base_winsock()->WSASocketW( FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO,
                                                  &marked, 0, 0 ) == s;
        }
    }
    learned_set( s, learned || ret );
    if (ret) ipv4_set( s, FALSE );
    ReleaseSRWLockExclusive( &learn_lock );
    return ret;
}

/* Wine's Winsock takes a socket out of its list only to close it, once for each time that it is there. */
static void remove_from_list( SOCKET s )
{
    SetHandleInformation( (HANDLE)s, HANDLE_FLAG_PROTECT_FROM_CLOSE, HANDLE_FLAG_PROTECT_FROM_CLOSE );
    get_base_winsock()->closesocket( s );
    SetHandleInformation( (HANDLE)s, HANDLE_FLAG_PROTECT_FROM_CLOSE, 0 );
}

/* The flag is also there when the value was that of a foreign socket that was closed by CloseHandle(). */
void settle_new_socket( SOCKET s )
{
    DWORD last_error = GetLastError();

    if (!learned_get( s )) return;
    AcquireSRWLockExclusive( &learn_lock );
    if (learned_get( s )) remove_from_list( s );
    learned_set( s, FALSE );
    ReleaseSRWLockExclusive( &learn_lock );
    SetLastError( last_error );
}
