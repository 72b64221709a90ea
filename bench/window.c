/*
 * Benchmarks: window messages
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

#include "bench.h"

struct window
{
    HWND hwnd;
    SOCKET pair[2];
};

/* From the byte that is sent to the message that tells of it. Receiving makes Winsock tell of the next one. */
static void wait_for_message( void *context, unsigned int count )
{
    const struct window *window = context;
    char byte = 0;
    MSG msg;

    while (count--)
    {
        CHECK( send( window->pair[0], &byte, 1, 0 ) == 1 );
        CHECK( GetMessageW( &msg, window->hwnd, WM_USER, WM_USER ) > 0 );
        CHECK( WSAGETSELECTEVENT( msg.lParam ) == FD_READ );
        CHECK( recv( window->pair[1], &byte, 1, 0 ) == 1 );
    }
}

static double bench_async_select(void)
{
    struct window window;
    double ret;

    start_winsock();
    CHECK( (window.hwnd = CreateWindowW( L"static", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL )) );
    make_pair( window.pair );
    CHECK( !WSAAsyncSelect( window.pair[1], window.hwnd, WM_USER, FD_READ ));
    ret = measure( wait_for_message, &window, 2 );
    closesocket( window.pair[0] );
    closesocket( window.pair[1] );
    DestroyWindow( window.hwnd );
    return ret;
}

const struct benchmark window_benchmarks[] =
{
    {"async_select", bench_async_select},
    {0}
};
