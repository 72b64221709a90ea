/*
 * Tests of WPUGetProviderPath
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

#include "util_probe.h"

static void check_path( const WSPUPCALLTABLE *upcalls, GUID guid, const WCHAR *expected )
{
    int error, wsc_error, needed = wcslen( expected ) + 1, len = MAX_PATH, wsc_len = MAX_PATH;
    WCHAR path[MAX_PATH], wsc_path[MAX_PATH];

    winetest_push_context( "%s", wine_dbgstr_w(expected) );
    EXPECT_SUCCESS( !upcalls->lpWPUGetProviderPath( &guid, path, &len, &error ));
    ok( !wcsicmp( path, expected ), "Got %s.\n", wine_dbgstr_w(path) );
    ok( len == needed, "Got length %d, expected %d.\n", len, needed );
    ok( !WSCGetProviderPath( &guid, wsc_path, &wsc_len, &wsc_error ), "Got error %d.\n", wsc_error );
    ok( !wcscmp( path, wsc_path ) && len == wsc_len, "WSCGetProviderPath gives %s, %d.\n", wine_dbgstr_w(wsc_path),
        wsc_len );

    len = needed;
    ok( !upcalls->lpWPUGetProviderPath( &guid, path, &len, NULL ), "The exact length is too small.\n" );
    path[0] = '#';
    for (len = needed - 1; len > -2; len -= needed / 2)
    {
        int given = len;

        EXPECT_FAILURE( upcalls->lpWPUGetProviderPath( &guid, path, &given, &error ), SOCKET_ERROR, WSAEFAULT );
        ok( given == needed, "Got length %d instead of %d, expected %d.\n", given, len, needed );
        ok( path[0] == '#', "The path was written to.\n" );
    }
    winetest_pop_context();
}

static void check_bad_pointers( const WSPUPCALLTABLE *upcalls, GUID guid )
{
    WCHAR path[MAX_PATH];
    int error, len = MAX_PATH;

    EXPECT_FAILURE( upcalls->lpWPUGetProviderPath( NULL, path, &len, &error ), SOCKET_ERROR, WSAEFAULT );
    EXPECT_FAILURE( upcalls->lpWPUGetProviderPath( &guid, NULL, &len, &error ), SOCKET_ERROR, WSAEFAULT );
    len = MAX_PATH;
    EXPECT_FAILURE( upcalls->lpWPUGetProviderPath( &guid, (WCHAR *)0x10, &len, &error ), SOCKET_ERROR, WSAEFAULT );
    EXPECT_FAILURE( upcalls->lpWPUGetProviderPath( &guid, path, NULL, &error ), SOCKET_ERROR, WSAEFAULT );
    EXPECT_FAILURE( upcalls->lpWPUGetProviderPath( (GUID *)0x10, path, &len, &error ), SOCKET_ERROR, WSAEFAULT );
    ok( upcalls->lpWPUGetProviderPath( NULL, path, &len, NULL ) == SOCKET_ERROR, "It succeeded.\n" );
}

/* The paths are those of the catalog as it is now, not expanded (§4.12). */
static void CDECL probe_path( enum testlsp_context context, const WSPUPCALLTABLE *upcalls, DWORD catalog_id )
{
    GUID base = get_base_entry( AF_INET, SOCK_STREAM ).ProviderId, unknown = {0x12345678, 0, 0, {0}};
    WCHAR path[MAX_PATH], own_path[MAX_PATH];
    int error, len = MAX_PATH;
    WSAPROTOCOL_INFOW own;
    WSAPROTOCOL_INFOW late;

    (void)context;
    get_test_path( L"testlsp.dll", own_path );
    ok( get_entry( catalog_id, &own ) && get_entry( get_late_id(), &late ), "The catalog lacks a layer.\n" );
    check_path( upcalls, base, L"%SystemRoot%\\system32\\mswsock.dll" );
    check_path( upcalls, own.ProviderId, own_path );
    check_path( upcalls, late.ProviderId, own_path );

    EXPECT_FAILURE( upcalls->lpWPUGetProviderPath( &unknown, path, &len, &error ), SOCKET_ERROR, WSAEINVAL );
    ok( upcalls->lpWPUGetProviderPath( &unknown, path, &len, NULL ) == SOCKET_ERROR, "It succeeded.\n" );
    check_bad_pointers( upcalls, base );
}

static void test_path(void)
{
    run_probe( LAYER_IFS, probe_path );
}

static const struct test_case cases[] =
{
    { "path", test_path },
};

START_TEST(upcall_get_provider_path)
{
    run_cases( "upcall_get_provider_path", cases, ARRAY_SIZE(cases) );
}
