/*
 * Tests of which layers a process loads: several over each other
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

#include "util_category.h"

/* Several layers: one that is passed over leaves the rest in place (§17.8). The lower ones have the chain entry of
 * the one below, or that layer's own entry, in their chain (§15.8.4). The bits of first to last say which layers are
 * permitted. */
static void check_layers( unsigned int flags, int first, int last )
{
    static const char names[] = "testlsp.dll winelsp-test-2.dll winelsp-test-3.dll";
    struct test_layer top, middle, low;
    WCHAR path[MAX_PATH];
    int i;

    copy_test_layer( L"winelsp-test-3.dll", path );
    install_layer( &low, path, flags | LAYER_NO_UDP );
    copy_test_layer( L"winelsp-test-2.dll", path );
    install_layer( &middle, path, flags | LAYER_NO_UDP );
    install_layer( &top, NULL, flags | LAYER_NO_UDP );
    permit( NULL, NULL, LSP_FIREWALL );

    for (i = first; i <= last; i++)
    {
        winetest_push_context( "layers %d", i );
        set_layer_category( &top, i & PROBE_FIRST ? LSP_FIREWALL : LSP_PROXY );
        set_layer_category( &middle, i & PROBE_SECOND ? LSP_FIREWALL : 0 );
        set_layer_category( &low, i & PROBE_THIRD ? LSP_FIREWALL : LSP_FIREWALL | LSP_SYSTEM );
        check_probe( NULL, names, i );
        winetest_pop_context();
    }
}

static void test_layers_ifs(void)
{
    check_layers( LAYER_IFS, 0, 7 );
}

static void test_layers_non_ifs(void)
{
    check_layers( 0, 4, 6 );
}

static void test_layers_chains(void)
{
    check_layers( LAYER_IFS | LAYER_CHAINS, 4, 6 );
}

/* The own entry of a layer is gone, and its category with it. */
static void test_orphan(void)
{
    struct test_layer top, low;
    WCHAR path[MAX_PATH];
    int ret, error = 0;

    copy_test_layer( L"winelsp-test-2.dll", path );
    install_layer( &low, path, LAYER_IFS );
    install_layer( &top, NULL, LAYER_IFS );
    permit( NULL, NULL, LSP_FIREWALL );
    set_layer_category( &top, LSP_FIREWALL );
    set_layer_category( &low, LSP_FIREWALL );
    check_probe( NULL, "testlsp.dll winelsp-test-2.dll", PROBE_FIRST | PROBE_SECOND );
    ret = WSCDeinstallProvider( &low.guid, &error );
    ok( !ret, "WSCDeinstallProvider returned %d, error %d.\n", ret, error );
    check_probe( NULL, "testlsp.dll winelsp-test-2.dll", PROBE_FIRST );
}

static SOCKET open_entry( DWORD id )
{
    WSAPROTOCOL_INFOW info;

    ok( get_entry( id, &info ), "There is no entry %lu.\n", id );
    return WSASocketW( FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &info, 0, WSA_FLAG_OVERLAPPED );
}

/* A program that asks for the entry of a layer which it must not load gets the next one, too. For an entry whose
 * chain is shortened the layer gets the short one: it loads what is in the chain, here when it is asked for a socket,
 * since it was started for another entry. */
static void test_explicit_entry(void)
{
    struct test_layer top, middle, low;
    WCHAR path[MAX_PATH];

    copy_test_layer( L"winelsp-test-3.dll", path );
    install_layer( &low, path, LAYER_IFS );
    copy_test_layer( L"winelsp-test-2.dll", path );
    install_layer( &middle, path, 0 );
    install_layer( &top, NULL, LAYER_IFS | LAYER_ONE_GUID );
    set_layer_category( &low, LSP_FIREWALL );
    set_layer_category( &top, LSP_FIREWALL );
    permit( NULL, NULL, LSP_FIREWALL );
    start_winsock();

    check_socket( open_entry( middle.udp_id ));
    ok( is_loaded( &low ) && !is_loaded( &middle ) && !is_loaded( &top ), "Got layers %d, %d, %d.\n", is_loaded( &top ),
        is_loaded( &middle ), is_loaded( &low ));
    check_socket( open_entry( top.tcp_id ));
    check_socket( open_entry( top.udp_id ));
    ok( is_loaded( &low ) && !is_loaded( &middle ) && is_loaded( &top ), "Got layers %d, %d, %d.\n", is_loaded( &top ),
        is_loaded( &middle ), is_loaded( &low ));
    WSACleanup();
}

static const struct test_case cases[] =
{
    { "layers_ifs", test_layers_ifs },
    { "layers_non_ifs", test_layers_non_ifs },
    { "layers_chains", test_layers_chains },
    { "orphan", test_orphan },
    { "explicit_entry", test_explicit_entry },
};

START_TEST(category_layers)
{
    run_category_cases( "category_layers", cases, ARRAY_SIZE(cases) );
}
