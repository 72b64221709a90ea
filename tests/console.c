/*
 * Test program without windows, which is its own layered provider
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

#if 0
#pragma makedep testdll
#endif

#include <stdarg.h>
#include <stdio.h>
#include "winsock2.h"
#include "ws2spi.h"
#define STANDALONE
#include "wine/test.h"

/* Wine's headers lack it. */
int WINAPI WSApSetPostRoutine( LPWPUPOSTMESSAGE routine );

/* tests/upcall_post_message.c installs this program as a layer, and runs it. Neither it nor what it imports has user32
 * for an import; a provider in a DLL of its own would have to promise the same. */

static WSPUPCALLTABLE upcalls;

/* The table is all that is wanted, and stays usable. */
__declspec(dllexport) int WSPAPI WSPStartup( WORD version, WSPDATA *data, WSAPROTOCOL_INFOW *info,
                                             WSPUPCALLTABLE table, WSPPROC_TABLE *procs )
{
    (void)version; (void)data; (void)info; (void)procs;
    upcalls = table;
    return WSASYSNOTREADY;
}

static BOOL WINAPI post_routine( HWND hwnd, UINT message, WPARAM wparam, LPARAM lparam )
{
    (void)hwnd; (void)message; (void)wparam; (void)lparam;
    return TRUE;
}

START_TEST(console)
{
    WSADATA data;

    ok( !GetModuleHandleW( L"user32.dll" ), "The program starts with user32.\n" );
    ok( !WSAStartup( MAKEWORD( 2, 2 ), &data ), "WSAStartup failed.\n" );
    ok( socket( AF_INET, SOCK_STREAM, 0 ) == INVALID_SOCKET, "A socket was made.\n" );
    ok( upcalls.lpWPUPostMessage != NULL, "WSPStartup was not called.\n" );
    if (!upcalls.lpWPUPostMessage) return;
    ok( !GetModuleHandleW( L"user32.dll" ), "user32 was loaded before the first post.\n" );

    WSApSetPostRoutine( post_routine );
    ok( upcalls.lpWPUPostMessage( NULL, WM_USER, 0, 0 ), "The routine is not used.\n" );
    ok( !GetModuleHandleW( L"user32.dll" ), "user32 was loaded in spite of a routine.\n" );

    WSApSetPostRoutine( NULL );
    SetLastError( 0xbeef );
    ok( upcalls.lpWPUPostMessage( NULL, WM_USER, 0, 0 ), "The first post failed, error %lu.\n", GetLastError() );
    ok( GetLastError() == 0xbeef, "The last error became %lu.\n", GetLastError() );
    ok( GetModuleHandleW( L"user32.dll" ) != NULL, "Who has posted, without user32?\n" );
    WSACleanup();
}
