/*
 * What the tests of blocking hooks share
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

#include "util_hook.h"

void start_version( WORD version )
{
    WSADATA data;
    int ret = WSAStartup( version, &data );

    ok( !ret, "WSAStartup returned %d.\n", ret );
}

unsigned int hook_calls;
HANDLE wake_event;
static unsigned int cancel_call, wake_call;

INT_PTR CALLBACK hook(void)
{
    hook_calls++;
    ok( WSAIsBlocking(), "WSAIsBlocking returned FALSE in the hook.\n" );
    if (hook_calls == wake_call) SetEvent( wake_event );
    if (hook_calls == cancel_call) ok( !WSACancelBlockingCall(), "WSACancelBlockingCall failed, error %d.\n",
                                       WSAGetLastError() );
    return FALSE;
}

void set_hook( unsigned int cancel, unsigned int wake )
{
    hook_calls = 0;
    cancel_call = cancel;
    wake_call = wake;
    ok( WSASetBlockingHook( (FARPROC)hook ) != NULL, "WSASetBlockingHook failed, error %d.\n", WSAGetLastError() );
}

void set_nonblocking( SOCKET s, u_long value )
{
    ok( !ioctlsocket( s, FIONBIO, &value ), "ioctlsocket failed, error %d.\n", WSAGetLastError() );
}

int result( int ret )
{
    return ret == SOCKET_ERROR ? WSAGetLastError() : 0;
}
