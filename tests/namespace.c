/*
 * Tests of the name-space catalog: enumerating
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

#include "namespace_util.h"

typedef INT (WINAPI *enum_func)( DWORD *size, void *buffer );

/* All functions that enumerate. What the A ones give is cast where it matters. */
static const struct
{
    const char *name;
    enum_func func;
    BOOL ansi;
    BOOL blob;
    BOOL wow32;
}
functions[] =
{
    {"WSAEnumNameSpaceProvidersA", (enum_func)WSAEnumNameSpaceProvidersA, TRUE, FALSE, FALSE},
    {"WSAEnumNameSpaceProvidersW", (enum_func)WSAEnumNameSpaceProvidersW, FALSE, FALSE, FALSE},
    {"WSAEnumNameSpaceProvidersExA", (enum_func)WSAEnumNameSpaceProvidersExA, TRUE, TRUE, FALSE},
    {"WSAEnumNameSpaceProvidersExW", (enum_func)WSAEnumNameSpaceProvidersExW, FALSE, TRUE, FALSE},
#ifdef _WIN64
    {"WSCEnumNameSpaceProviders32", (enum_func)WSCEnumNameSpaceProviders32, FALSE, FALSE, TRUE},
    {"WSCEnumNameSpaceProvidersEx32", (enum_func)WSCEnumNameSpaceProvidersEx32, FALSE, TRUE, TRUE},
#endif
};

/* Has a character that is no ASCII, and an odd number of them with the NUL. */
static WCHAR test_name[] = L"Winetest \x00e9 name space";
static char test_blob[] = "twelve bytes";

static size_t info_size( int function )
{
    return functions[function].blob ? sizeof(WSANAMESPACE_INFOEXW) : sizeof(WSANAMESPACE_INFOW);
}

static size_t name_size( int function, const WCHAR *name )
{
    if (!functions[function].ansi) return (wcslen( name ) + 1) * sizeof(WCHAR);
    return WideCharToMultiByte( CP_ACP, 0, name, -1, NULL, 0, NULL, NULL );
}

/* In both catalogs: the base provider, one with a blob and one without. */
static void make_providers(void)
{
    static WCHAR path[] = NAMESPACE_PATH;
    BLOB blob = {.cbSize = sizeof(test_blob), .pBlobData = (BYTE *)test_blob};
    GUID guid = namespace_guid( 0 ), guid2 = namespace_guid( 1 );
    int ret;

    reset_namespaces();
    ret = WSCInstallNameSpaceEx( test_name, path, NS_EMAIL, 7, &guid, &blob );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ret = WSCInstallNameSpace( test_name, path, NS_SAP, 8, &guid2 );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
#ifdef _WIN64
    ret = WSCInstallNameSpaceEx32( test_name, path, NS_EMAIL, 7, &guid, &blob );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ret = WSCInstallNameSpace32( test_name, path, NS_SAP, 8, &guid2 );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
#endif
}

static void test_not_started(void)
{
    BYTE buffer[4096];
    unsigned int i;
    DWORD size;

    for (i = 0; i < ARRAY_SIZE(functions); ++i)
    {
        winetest_push_context( "%s", functions[i].name );
        size = sizeof(buffer);
        check_fails( functions[i].func( &size, buffer ), WSANOTINITIALISED );
        size = 0;
        check_fails( functions[i].func( &size, NULL ), WSANOTINITIALISED );
        ok( !size, "Got size %lu.\n", size );
        winetest_pop_context();
    }
}

/* Too small or NULL: WSAEFAULT with the size. */
static void test_buffer(void)
{
    DWORD size, needed, i, j;
    BYTE buffer[4096];
    size_t names;
    int ret;

    make_providers();
    for (i = 0; i < ARRAY_SIZE(functions); ++i)
    {
        winetest_push_context( "%s", functions[i].name );

        needed = 0;
        check_fails( functions[i].func( &needed, NULL ), WSAEFAULT );
        names = name_size( i, L"Tcpip" ) + 2 * name_size( i, test_name );
        if (!functions[i].blob)
            ok( needed == 3 * info_size( i ) + names, "Got size %lu.\n", needed );
        else
            ok( needed >= 3 * info_size( i ) + names + sizeof(test_blob) && needed < sizeof(buffer),
                "Got size %lu.\n", needed );

        size = sizeof(buffer);
        check_fails( functions[i].func( &size, NULL ), WSAEFAULT );
        ok( size == needed, "Got size %lu.\n", size );

        memset( buffer, 0xcc, sizeof(buffer) );
        size = needed - 1;
        check_fails( functions[i].func( &size, buffer ), WSAEFAULT );
        ok( size == needed, "Got size %lu.\n", size );
        for (j = 0; j < sizeof(buffer); ++j) if (buffer[j] != 0xcc) break;
        ok( j == sizeof(buffer), "Byte %lu was written.\n", j );

        ret = functions[i].func( &size, buffer );
        ok( ret == 3, "Got %d, error %d.\n", ret, WSAGetLastError() );
        ok( size == needed, "Got size %lu.\n", size );
        for (j = needed; j < sizeof(buffer); ++j) if (buffer[j] != 0xcc) break;
        ok( j == sizeof(buffer), "Byte %lu was written.\n", j );

        size = sizeof(buffer);
        ret = functions[i].func( &size, buffer );
        ok( ret == 3, "Got %d, error %d.\n", ret, WSAGetLastError() );
        winetest_pop_context();
    }
}

static void test_bad_pointers(void)
{
    BYTE buffer[4096];
    unsigned int i;
    DWORD size;

    make_providers();
    for (i = 0; i < ARRAY_SIZE(functions); ++i)
    {
        winetest_push_context( "%s", functions[i].name );
        check_fails( functions[i].func( NULL, NULL ), WSAEFAULT );
        check_fails( functions[i].func( NULL, buffer ), WSAEFAULT );
        check_fails( functions[i].func( (DWORD *)1, buffer ), WSAEFAULT );
        size = sizeof(buffer);
        check_fails( functions[i].func( &size, (void *)8 ), WSAEFAULT );
        winetest_pop_context();
    }
}

static BOOL is_inside( const void *p, size_t size, const BYTE *buffer, size_t offset, size_t total )
{
    return (const BYTE *)p >= buffer + offset && (const BYTE *)p + size <= buffer + total;
}

static void check_name( int function, const void *name, const WCHAR *expected )
{
    char expected_a[256];

    if (!functions[function].ansi)
    {
        ok( !wcscmp( name, expected ), "Got name %ls.\n", (const WCHAR *)name );
        return;
    }
    WideCharToMultiByte( CP_ACP, 0, expected, -1, expected_a, sizeof(expected_a), NULL, NULL );
    ok( !strcmp( name, expected_a ), "Got name %s.\n", (const char *)name );
}

/* What the structures say, and that all of it is in the buffer, behind them. */
static void test_content(void)
{
    const GUID guids[] = {dns_guid, namespace_guid( 0 ), namespace_guid( 1 )};
    static const DWORD spaces[] = {NS_DNS, NS_EMAIL, NS_SAP}, versions[] = {0, 7, 8};
    const WCHAR *names[] = {L"Tcpip", test_name, test_name};
    const WSANAMESPACE_INFOEXW *info;
    BYTE buffer[4096];
    unsigned int i, j;
    DWORD size;
    int ret;

    make_providers();
    for (i = 0; i < ARRAY_SIZE(functions); ++i)
    {
        size = 0;
        functions[i].func( &size, NULL );
        ret = functions[i].func( &size, buffer );
        ok( ret == 3, "%s returned %d.\n", functions[i].name, ret );
        for (j = 0; ret == 3 && j < 3; ++j)
        {
            winetest_push_context( "%s, provider %u", functions[i].name, j );
            info = (WSANAMESPACE_INFOEXW *)(buffer + j * info_size( i ));
            ok( IsEqualGUID( &info->NSProviderId, &guids[j] ), "Got GUID %#lx.\n", info->NSProviderId.Data1 );
            ok( info->dwNameSpace == spaces[j], "Got name space %lu.\n", info->dwNameSpace );
            ok( info->fActive == TRUE, "Got active %d.\n", info->fActive );
            ok( info->dwVersion == versions[j], "Got version %lu.\n", info->dwVersion );
            ok( is_inside( info->lpszIdentifier, name_size( i, names[j] ), buffer, 3 * info_size( i ), size ),
                "The name is not in the buffer.\n" );
            check_name( i, info->lpszIdentifier, names[j] );
            if (functions[i].blob && j == 1)
            {
                const BLOB *blob = &info->ProviderSpecific;

                ok( blob->cbSize == sizeof(test_blob), "Got %lu bytes.\n", blob->cbSize );
                ok( is_inside( blob->pBlobData, blob->cbSize, buffer, 3 * info_size( i ), size ),
                    "The blob is not in the buffer.\n" );
                ok( !((ULONG_PTR)blob->pBlobData % sizeof(void *)), "The blob is not aligned.\n" );
                ok( !memcmp( blob->pBlobData, test_blob, sizeof(test_blob) ), "Got other bytes.\n" );
            }
            else if (functions[i].blob)
            {
                ok( !info->ProviderSpecific.cbSize, "Got %lu bytes.\n", info->ProviderSpecific.cbSize );
                ok( !info->ProviderSpecific.pBlobData, "Got %p.\n", info->ProviderSpecific.pBlobData );
            }
            winetest_pop_context();
        }
    }
}

/* Several blobs, none of which has a length that keeps the next one aligned; and the bound of their size. */
static void test_blobs(void)
{
    static WCHAR name[] = L"Winetest", path[] = NAMESPACE_PATH;
    struct namespace_list list;
    GUID guid;
    BLOB blob;
    int i, j, ret;

    reset_namespaces();
    blob.pBlobData = malloc( 2000 );
    for (i = 0; i < 5; ++i)
    {
        guid = namespace_guid( i );
        blob.cbSize = 1 + i * 313;
        memset( blob.pBlobData, i, blob.cbSize );
        ret = WSCInstallNameSpaceEx( name, path, NS_EMAIL, 0, &guid, &blob );
        ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    }
    free( blob.pBlobData );

    get_namespaces( &list );
    ok( list.count == 6, "Got %d providers.\n", list.count );
    for (i = 0; i < list.count - 1; ++i)
    {
        winetest_push_context( "Blob %d", i );
        blob = list.infos[i + 1].ProviderSpecific;
        ok( blob.cbSize == 1u + i * 313, "Got %lu bytes.\n", blob.cbSize );
        ok( !((ULONG_PTR)blob.pBlobData % sizeof(void *)), "The blob is not aligned.\n" );
        for (j = 0; j < (int)blob.cbSize; ++j) if (blob.pBlobData[j] != i) break;
        ok( j == (int)blob.cbSize, "Byte %d is %u.\n", j, blob.pBlobData[j] );
        winetest_pop_context();
    }
}

/* What a prefix has before anybody installs, and how it looks in the registry. */
static void test_base(void)
{
    struct namespace_list list;
    struct namespace_item item;
    WCHAR current[64];
    DWORD size = sizeof(current);
    LSTATUS status;

    reset_namespaces();
    ok( !has_namespace_value( NATIVE_COUNT ), "The catalog is still there.\n" );
    get_namespaces( &list );
    ok( list.count == 1, "Got %d providers.\n", list.count );
    ok( !find_namespace( &list, &dns_guid ), "The DNS is not listed.\n" );

    ok( get_namespace_dword( L"Num_Catalog_Entries" ) == 1, "Got count %lu.\n",
        get_namespace_dword( L"Num_Catalog_Entries" ) );
    if (sizeof(void *) == 8)
        ok( get_namespace_dword( L"Num_Catalog_Entries64" ) == 1, "Got count %lu.\n",
            get_namespace_dword( L"Num_Catalog_Entries64" ) );
    ok( read_namespace_item( 1, &item ), "The entry is not complete.\n" );
    ok( !read_namespace_item( 2, &item ), "There is a second entry.\n" );
    read_namespace_item( 1, &item );
    ok( IsEqualGUID( &item.id, &dns_guid ), "Got GUID %#lx.\n", item.id.Data1 );
    ok( item.name_space == NS_DNS, "Got name space %lu.\n", item.name_space );
    ok( item.enabled == 1, "Got %lu.\n", item.enabled );
    ok( !wcscmp( item.name, L"Tcpip" ), "Got name %ls.\n", item.name );
    ok( !wcsicmp( item.path, L"%SystemRoot%\\System32\\mswsock.dll" ), "Got path %ls.\n", item.path );
    ok( !item.info_size, "Got %lu bytes.\n", item.info_size );

    status = RegGetValueW( HKEY_LOCAL_MACHINE, PARAMETERS_KEY, L"Current_NameSpace_Catalog", RRF_RT_REG_SZ, NULL,
                           current, &size );
    ok( !status && !wcscmp( current, NAMESPACE_CATALOG ), "Got %ls, error %ld.\n", current, status );
}

START_TEST(namespace)
{
    WSADATA data;
    int ret;

    test_not_started();
    ret = WSAStartup( MAKEWORD(2, 2), &data );
    ok( !ret, "WSAStartup returned %d.\n", ret );
    if (!save_namespaces())
    {
        skip( "Cannot save the catalog.\n" );
        return;
    }
    test_base();
    test_buffer();
    test_bad_pointers();
    test_content();
    test_blobs();
    restore_namespaces();
    WSACleanup();
}
