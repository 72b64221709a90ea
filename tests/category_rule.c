/*
 * Tests of which layers a process loads: the categories of both
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

#define VECTORS 5

/* The layers lie over each other, the first one topmost: a process loads those that it permits. */
static void check_rule( struct test_layer *layers, DWORD permitted, const DWORD categories[VECTORS], int loaded )
{
    static const char names[] = "winelsp-test-1.dll winelsp-test-2.dll winelsp-test-3.dll winelsp-test-4.dll "
                                "winelsp-test-5.dll";
    int i;

    winetest_push_context( "permitted %#lx", permitted );
    reset_app_categories();
    permit( NULL, NULL, permitted );
    for (i = 0; i < VECTORS; i++) set_layer_category( &layers[i], categories[i] );
    check_probe( NULL, names, loaded );
    winetest_pop_context();
}

/* The vectors of §11, and what else follows from the rule. The bits of what is loaded count from the first. */
static void test_vectors(void)
{
    const DWORD system_app = LSP_SYSTEM | LSP_FIREWALL | LSP_CRYPTO_COMPRESS;
    const DWORD app = LSP_FIREWALL | LSP_CRYPTO_COMPRESS;
    const DWORD vectors[VECTORS] = { LSP_SYSTEM, 0, LSP_FIREWALL, system_app | LSP_INSPECTOR, system_app };
    const DWORD more[VECTORS] = { LSP_INSPECTOR, app, app | LSP_INSPECTOR, LSP_CRYPTO_COMPRESS, system_app };
    struct test_layer layers[VECTORS];
    WCHAR name[32], path[MAX_PATH];
    int i;

    for (i = VECTORS; i > 0; i--)
    {
        swprintf( name, ARRAY_SIZE(name), L"winelsp-test-%d.dll", i );
        copy_test_layer( name, path );
        install_layer( &layers[i - 1], path, LAYER_IFS | LAYER_NO_UDP );
    }
    check_rule( layers, system_app, vectors, 0x01 | 0x10 );
    check_rule( layers, app, vectors, 0x04 );
    check_rule( layers, app, more, 0x02 | 0x08 );
    check_rule( layers, LSP_SYSTEM, more, 0 );
    check_rule( layers, 0, more, 0 );
}

/* A program without a category loads everything, also while others have one. */
static void test_no_category(void)
{
    struct test_layer layer;

    install_layer( &layer, NULL, 0 );
    check_probe( NULL, "testlsp.dll", PROBE_FIRST );
    permit( L"C:\\winetest\\other.exe", NULL, LSP_FIREWALL );
    check_probe( NULL, "testlsp.dll", PROBE_FIRST );
    set_layer_category( &layer, LSP_SYSTEM | LSP_PROXY );
    check_probe( NULL, "testlsp.dll", PROBE_FIRST );
}

/* The program is known by its path and its arguments. */
static void test_identity(void)
{
    WCHAR path[MAX_PATH], folder[MAX_PATH], *p;
    struct test_layer layer;

    install_layer( &layer, NULL, LAYER_IFS );
    set_layer_category( &layer, LSP_PROXY );

    /* The category for the arguments comes before that for the path. */
    permit( NULL, L"category_rule probe testlsp.dll -k one", LSP_PROXY );
    permit( NULL, L"category_rule probe testlsp.dll -k two", LSP_FIREWALL );
    check_probe( NULL, "testlsp.dll", PROBE_FIRST );
    permit( NULL, NULL, LSP_FIREWALL );
    check_probe( NULL, "testlsp.dll -k one", PROBE_FIRST );
    check_probe( NULL, "testlsp.dll -k two", 0 );
    check_probe( NULL, "testlsp.dll", 0 );

    reset_app_categories();
    permit( NULL, L"CATEGORY_RULE Probe TestLSP.dll", LSP_FIREWALL );
    check_probe( NULL, "testlsp.dll  ", 0 );

    reset_app_categories();
    GetModuleFileNameW( NULL, path, ARRAY_SIZE(path) );
    wcsupr( path );
    permit( path, NULL, LSP_FIREWALL );
    check_probe( NULL, "testlsp.dll", 0 );

    reset_app_categories();
    wcscpy( folder, path );
    if ((p = wcsrchr( folder, '\\' ))) *p = 0;
    SetEnvironmentVariableW( L"WINELSP_TEST", folder );
    permit( L"%WINELSP_TEST%\\tests.exe", NULL, LSP_FIREWALL );
    check_probe( NULL, "testlsp.dll", 0 );
    SetEnvironmentVariableW( L"WINELSP_TEST", L"C:\\winetest" );
    check_probe( NULL, "testlsp.dll", PROBE_FIRST );
}

/* --- cases that give their own program a category, before WSAStartup --- */

/* A conversion of addresses loads no layer, either (§2.1). */
static void test_addresses(void)
{
    struct sockaddr_in addr = loopback_addr( 80 );
    DWORD len = 64;
    struct test_layer layer;
    WCHAR string[64];

    install_layer( &layer, NULL, 0 );
    permit( NULL, NULL, LSP_FIREWALL );
    start_winsock();
    ok( !WSAAddressToStringW( (struct sockaddr *)&addr, sizeof(addr), NULL, string, &len ), "Failed, error %d.\n",
        WSAGetLastError() );
    ok( !wcscmp( string, L"127.0.0.1:80" ), "Got %ls.\n", string );
    ok( !is_loaded( &layer ), "The layer was loaded.\n" );
    WSACleanup();
}

/* What a process permits is read once (§11), what a layer is for at each first WSAStartup. */
static void test_kept(void)
{
    struct test_layer layer;

    install_layer( &layer, NULL, LAYER_IFS );
    set_layer_category( &layer, LSP_PROXY );
    permit( NULL, NULL, LSP_FIREWALL );
    start_winsock();
    permit( NULL, NULL, LSP_PROXY );
    set_layer_category( &layer, LSP_FIREWALL );
    check_socket( socket( AF_INET, SOCK_STREAM, 0 ));
    ok( !is_loaded( &layer ), "The layer was loaded.\n" );
    WSACleanup();

    set_layer_category( &layer, LSP_PROXY );
    start_winsock();
    check_socket( socket( AF_INET, SOCK_STREAM, 0 ));
    ok( !is_loaded( &layer ), "The layer was loaded.\n" );
    WSACleanup();

    set_layer_category( &layer, LSP_FIREWALL );
    reset_app_categories();
    start_winsock();
    check_socket( socket( AF_INET, SOCK_STREAM, 0 ));
    ok( is_loaded( &layer ), "The layer was not loaded.\n" );
    WSACleanup();
}

/* A program that had no category at its first WSAStartup gets none. */
static void test_kept_none(void)
{
    struct test_layer layer;

    start_winsock();
    WSACleanup();
    install_layer( &layer, NULL, LAYER_IFS );
    permit( NULL, NULL, LSP_FIREWALL );
    start_winsock();
    check_socket( socket( AF_INET, SOCK_STREAM, 0 ));
    ok( is_loaded( &layer ), "The layer was not loaded.\n" );
    WSACleanup();
}

/* A registry that cannot be read is no reason to load what is not permitted. */
static void test_unreadable(void)
{
    WSADATA data;
    int ret;

    permit( NULL, NULL, LSP_FIREWALL );
    deny_app_categories( TRUE );
    ret = WSAStartup( MAKEWORD( 2, 2 ), &data );
    ok( ret == WSASYSNOTREADY, "WSAStartup returned %d.\n", ret );
    deny_app_categories( FALSE );
    start_winsock();
    check_socket( socket( AF_INET, SOCK_STREAM, 0 ));
    WSACleanup();
}

static const struct test_case cases[] =
{
    { "vectors", test_vectors },
    { "no_category", test_no_category },
    { "identity", test_identity },
    { "addresses", test_addresses },
    { "kept", test_kept },
    { "kept_none", test_kept_none },
    { "unreadable", test_unreadable },
};

START_TEST(category_rule)
{
    run_category_cases( "category_rule", cases, ARRAY_SIZE(cases) );
}
