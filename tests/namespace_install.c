/*
 * Tests of the name-space catalog: installing, removing, enabling and ordering
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
#include "winternl.h"

static WCHAR name[] = L"Winetest", path[] = NAMESPACE_PATH;

static void test_install(void)
{
    struct namespace_list base, list;
    GUID guid = namespace_guid( 5 );
    struct namespace_item item;
    DWORD serial;
    int ret;

    reset_namespaces();
    get_namespaces( &base );
    serial = get_namespace_dword( L"Serial_Access_Num" );
    SetLastError( 0xdead );
    ret = WSCInstallNameSpace( name, path, NS_NIS, 0x10002, &guid );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ok( get_namespace_dword( L"Serial_Access_Num" ) == serial + 1, "Got serial number %lu after %lu.\n",
        get_namespace_dword( L"Serial_Access_Num" ), serial );
    ok( get_namespace_dword( NATIVE_COUNT ) == (DWORD)base.count + 1, "Got count %lu.\n",
        get_namespace_dword( NATIVE_COUNT ) );

    /* It is there at once, behind the others. */
    get_namespaces( &list );
    ok( list.count == base.count + 1, "Got %d providers.\n", list.count );
    ok( find_namespace( &list, &guid ) == base.count, "Got index %d.\n", find_namespace( &list, &guid ) );

    /* The path is stored as it is given. */
    ok( read_namespace_item( base.count + 1, &item ), "The entry is not complete.\n" );
    ok( IsEqualGUID( &item.id, &guid ), "Got GUID %#lx.\n", item.id.Data1 );
    ok( item.name_space == NS_NIS, "Got name space %lu.\n", item.name_space );
    ok( item.version == 0x10002, "Got version %#lx.\n", item.version );
    ok( item.enabled == 1, "Got %lu.\n", item.enabled );
    ok( !item.class_info, "Got %lu.\n", item.class_info );
    ok( !wcscmp( item.name, name ), "Got name %ls.\n", item.name );
    ok( !wcscmp( item.path, path ), "Got path %ls.\n", item.path );
    ok( !item.info_size, "Got %lu bytes.\n", item.info_size );

    ret = WSCUnInstallNameSpace( &guid );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    check_namespaces( &base );
    ok( !read_namespace_item( base.count + 1, &item ), "The entry is still there.\n" );
    ok( get_namespace_dword( NATIVE_COUNT ) == (DWORD)base.count, "Got count %lu.\n",
        get_namespace_dword( NATIVE_COUNT ) );
}

/* The blob goes with the entry. */
static void test_install_blob(void)
{
    BYTE bytes[] = {1, 0, 2, 0, 3};
    BLOB blob = {.cbSize = sizeof(bytes), .pBlobData = bytes};
    GUID guid = namespace_guid( 0 ), guid2 = namespace_guid( 1 );
    struct namespace_list list;
    struct namespace_item item;
    int ret;

    reset_namespaces();
    ret = WSCInstallNameSpaceEx( name, path, NS_EMAIL, 0, &guid, &blob );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ok( read_namespace_item( 2, &item ), "The entry is not complete.\n" );
    ok( item.info_size == sizeof(bytes) && !memcmp( item.info, bytes, sizeof(bytes) ), "Got %lu bytes.\n",
        item.info_size );

    /* An empty one, and none. */
    blob.cbSize = 0;
    blob.pBlobData = NULL;
    ret = WSCInstallNameSpaceEx( name, path, NS_EMAIL, 0, &guid2, &blob );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ret = WSCUnInstallNameSpace( &guid2 );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ret = WSCInstallNameSpaceEx( name, path, NS_EMAIL, 0, &guid2, NULL );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );

    /* The second takes the first one's key. */
    ret = WSCUnInstallNameSpace( &guid );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ok( read_namespace_item( 2, &item ), "The entry is not complete.\n" );
    ok( IsEqualGUID( &item.id, &guid2 ), "Got GUID %#lx.\n", item.id.Data1 );
    ok( !item.info_size, "Got %lu bytes.\n", item.info_size );
    get_namespaces( &list );
    ok( list.count == 2 && !list.infos[1].ProviderSpecific.cbSize, "The blob is still there.\n" );
}

/* Too long is what the registry, or a buffer of MAX_PATH characters, cannot hold. */
static void test_install_lengths(void)
{
    GUID guid = namespace_guid( 0 );
    struct namespace_list base, list;
    struct namespace_item item;
    WCHAR text[400];
    BLOB blob = {0};
    int ret, i;

    reset_namespaces();
    get_namespaces( &base );
    for (i = 0; i < 399; ++i) text[i] = 'a' + i % 26;

    text[260] = 0;
    check_fails( WSCInstallNameSpace( name, text, NS_DNS, 0, &guid ), WSAEINVAL );
    text[259] = 0;
    ret = WSCInstallNameSpace( name, text, NS_DNS, 0, &guid );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ok( read_namespace_item( base.count + 1, &item ) && !wcscmp( item.path, text ), "Got path %ls.\n", item.path );
    ret = WSCUnInstallNameSpace( &guid );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );

    text[256] = 0;
    check_fails( WSCInstallNameSpace( text, path, NS_DNS, 0, &guid ), WSAEINVAL );
    text[255] = 0;
    ret = WSCInstallNameSpace( text, path, NS_DNS, 0, &guid );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    get_namespaces( &list );
    ok( list.count == base.count + 1 && !wcscmp( list.infos[base.count].lpszIdentifier, text ),
        "Got %d providers.\n", list.count );
    ret = WSCUnInstallNameSpace( &guid );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );

    blob.pBlobData = calloc( 1, 0x100001 );
    blob.cbSize = 0x100001;
    check_fails( WSCInstallNameSpaceEx( name, path, NS_DNS, 0, &guid, &blob ), WSAEINVAL );
    check_namespaces( &base );
    blob.cbSize = 0x100000;
    ret = WSCInstallNameSpaceEx( name, path, NS_DNS, 0, &guid, &blob );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ret = WSCUnInstallNameSpace( &guid );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    free( blob.pBlobData );
    check_namespaces( &base );
}

/* WSA_NOT_ENOUGH_MEMORY is in every list of codes. No test can have it without using up the memory. */
static void test_install_errors(void)
{
    BLOB blob = {.cbSize = 4, .pBlobData = NULL};
    GUID guid = namespace_guid( 0 );
    struct namespace_list list;
    WCHAR empty[1] = {0};

    reset_namespaces();
    install_namespace( 1, L"Winetest one" );
    get_namespaces( &list );

    check_fails( WSCInstallNameSpace( NULL, path, NS_DNS, 0, &guid ), WSAEINVAL );
    check_fails( WSCInstallNameSpace( (WCHAR *)2, path, NS_DNS, 0, &guid ), WSAEINVAL );
    check_fails( WSCInstallNameSpace( empty, path, NS_DNS, 0, &guid ), WSAEINVAL );
    check_fails( WSCInstallNameSpace( name, NULL, NS_DNS, 0, &guid ), WSAEINVAL );
    check_fails( WSCInstallNameSpace( name, (WCHAR *)2, NS_DNS, 0, &guid ), WSAEINVAL );
    check_fails( WSCInstallNameSpace( name, empty, NS_DNS, 0, &guid ), WSAEINVAL );
    check_fails( WSCInstallNameSpace( name, path, NS_DNS, 0, NULL ), WSAEINVAL );
    check_fails( WSCInstallNameSpace( name, path, NS_DNS, 0, (GUID *)4 ), WSAEINVAL );
    check_fails( WSCInstallNameSpaceEx( name, path, NS_DNS, 0, &guid, (BLOB *)4 ), WSAEINVAL );
    check_fails( WSCInstallNameSpaceEx( name, path, NS_DNS, 0, &guid, &blob ), WSAEINVAL );
    blob.pBlobData = (BYTE *)4;
    check_fails( WSCInstallNameSpaceEx( name, path, NS_DNS, 0, &guid, &blob ), WSAEINVAL );

    /* One GUID a provider and name space. */
    guid = namespace_guid( 1 );
    check_fails( WSCInstallNameSpace( name, path, NS_SAP, 0, &guid ), WSAEINVAL );
    check_namespaces( &list );
}

static void test_uninstall_errors(void)
{
    struct namespace_list list;
    GUID guid = namespace_guid( 1 );

    reset_namespaces();
    install_namespace( 0, L"Winetest" );
    get_namespaces( &list );
    check_fails( WSCUnInstallNameSpace( NULL ), WSAEFAULT );
    check_fails( WSCUnInstallNameSpace( (GUID *)4 ), WSAEFAULT );
    check_fails( WSCUnInstallNameSpace( &guid ), WSAEINVAL );
    check_namespaces( &list );
}

/* A provider in the middle goes; the others stay as they are. */
static void test_uninstall(void)
{
    GUID guid = namespace_guid( 1 );
    struct namespace_list list;
    int ret;

    reset_namespaces();
    install_namespace( 0, L"Winetest zero" );
    install_namespace( 1, L"Winetest one" );
    install_namespace( 2, L"Winetest two" );
    ret = WSCUnInstallNameSpace( &guid );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    get_namespaces( &list );
    ok( list.count == 3, "Got %d providers.\n", list.count );
    ok( !wcscmp( list.infos[0].lpszIdentifier, L"Tcpip" ), "Got name %ls.\n", list.infos[0].lpszIdentifier );
    ok( !wcscmp( list.infos[1].lpszIdentifier, L"Winetest zero" ), "Got name %ls.\n", list.infos[1].lpszIdentifier );
    ok( !wcscmp( list.infos[2].lpszIdentifier, L"Winetest two" ), "Got name %ls.\n", list.infos[2].lpszIdentifier );
    ok( list.infos[2].dwVersion == 2, "Got version %lu.\n", list.infos[2].dwVersion );

    /* The base provider is one like the others. */
    ret = WSCUnInstallNameSpace( &dns_guid );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    get_namespaces( &list );
    ok( list.count == 2 && find_namespace( &list, &dns_guid ) == -1, "Got %d providers.\n", list.count );
}

/* A disabled provider is listed. */
static void test_enable(void)
{
    struct namespace_list base, list;
    GUID guid = namespace_guid( 0 ), unknown = namespace_guid( 1 );
    struct namespace_item item;
    int ret, index;

    reset_namespaces();
    install_namespace( 0, L"Winetest" );
    get_namespaces( &base );

    ret = WSCEnableNSProvider( &guid, FALSE );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    get_namespaces( &list );
    ok( list.count == base.count, "Got %d providers.\n", list.count );
    index = find_namespace( &list, &guid );
    ok( index == 1 && !list.infos[index].fActive, "The provider is active, index %d.\n", index );
    ok( list.infos[0].fActive == TRUE, "The other provider is not active.\n" );
    ok( read_namespace_item( 2, &item ) && !item.enabled, "Got enabled %lu.\n", item.enabled );

    ret = WSCEnableNSProvider( &guid, FALSE );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ret = WSCEnableNSProvider( &guid, 2 );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    check_namespaces( &base );
    ok( read_namespace_item( 2, &item ) && item.enabled == 1, "Got enabled %lu.\n", item.enabled );

    check_fails( WSCEnableNSProvider( NULL, TRUE ), WSAEFAULT );
    check_fails( WSCEnableNSProvider( (GUID *)4, TRUE ), WSAEFAULT );
    check_fails( WSCEnableNSProvider( &unknown, FALSE ), WSAEINVAL );
    check_namespaces( &base );
}

/* The result is the code itself. */
#define check_order( call, expected ) check_order_( __FILE__, __LINE__, call, expected )
static void check_order_( const char *file, int line, int ret, int expected )
{
    ok_(file, line)( ret == expected, "Got %d instead of %d.\n", ret, expected );
}

static void test_order(void)
{
    GUID order[] = {namespace_guid( 1 ), dns_guid, namespace_guid( 2 ), namespace_guid( 0 ), namespace_guid( 3 )};
    struct namespace_list base, list;
    struct namespace_item item;
    int i;

    reset_namespaces();
    for (i = 0; i < 3; ++i) install_namespace( i, L"Winetest" );
    get_namespaces( &base );

    check_order( WSCWriteNameSpaceOrder( NULL, 4 ), WSAEFAULT );
    check_order( WSCWriteNameSpaceOrder( (GUID *)4, 4 ), WSAEFAULT );
    check_order( WSCWriteNameSpaceOrder( order, 0 ), WSAEINVAL );
    check_order( WSCWriteNameSpaceOrder( order, 3 ), WSAEINVAL );
    check_order( WSCWriteNameSpaceOrder( order, 5 ), WSAEINVAL );
    check_order( WSCWriteNameSpaceOrder( order + 1, 4 ), WSAEINVAL );  /* one that is not there */
    order[4] = order[3];
    check_order( WSCWriteNameSpaceOrder( order + 1, 4 ), WSAEINVAL );  /* one twice */
    check_namespaces( &base );

    check_order( WSCWriteNameSpaceOrder( order, 4 ), 0 );
    get_namespaces( &list );
    ok( list.count == 4, "Got %d providers.\n", list.count );
    for (i = 0; i < 4; ++i)
    {
        ok( find_namespace( &list, &order[i] ) == i, "Provider %d has index %d.\n", i,
            find_namespace( &list, &order[i] ) );
        ok( read_namespace_item( i + 1, &item ) && IsEqualGUID( &item.id, &order[i] ), "Key %d has GUID %#lx.\n",
            i + 1, item.id.Data1 );
    }
    ok( list.infos[0].dwVersion == 1 && list.infos[3].dwVersion == 0, "The providers were mixed.\n" );
}

/* Old installers have it from sporder.dll. */
static void test_sporder(void)
{
    int (WINAPI *write_order)( GUID *, DWORD );
    GUID order[] = {namespace_guid( 0 ), dns_guid};
    HMODULE module = LoadLibraryW( L"sporder.dll" );
    struct namespace_list list;

    write_order = (void *)GetProcAddress( module, "WSCWriteNameSpaceOrder" );
    ok( write_order != NULL, "WSCWriteNameSpaceOrder is not found.\n" );
    if (!write_order) return;

    reset_namespaces();
    install_namespace( 0, L"Winetest" );
    check_order( write_order( order, 1 ), WSAEINVAL );
    check_order( write_order( order, 2 ), 0 );
    get_namespaces( &list );
    ok( find_namespace( &list, &dns_guid ) == 1, "Got index %d.\n", find_namespace( &list, &dns_guid ) );
    FreeLibrary( module );
}

#ifdef _WIN64
/* The catalogs of the two kinds of programs are apart. */
static void test_wow32(void)
{
    GUID guid = namespace_guid( 0 ), guid2 = namespace_guid( 1 ), order[] = {guid, dns_guid};
    struct namespace_list base, list;
    BYTE byte = 42;
    BLOB blob = {.cbSize = 1, .pBlobData = &byte};
    int ret;

    reset_namespaces();
    install_namespace( 1, L"Winetest" );
    get_namespaces( &base );
    get_namespaces_of( TRUE, &list );
    ok( list.count == 1, "Got %d providers.\n", list.count );

    ret = WSCInstallNameSpaceEx32( name, path, NS_EMAIL, 3, &guid, &blob );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    check_namespaces( &base );
    get_namespaces_of( TRUE, &list );
    ok( list.count == 2, "Got %d providers.\n", list.count );
    ok( find_namespace( &list, &guid ) == 1 && list.infos[1].dwVersion == 3, "Got another provider.\n" );
    ok( list.infos[1].ProviderSpecific.cbSize == 1 && *list.infos[1].ProviderSpecific.pBlobData == 42,
        "Got another blob.\n" );
    ok( get_namespace_dword( L"Num_Catalog_Entries" ) == 2, "Got count %lu.\n",
        get_namespace_dword( L"Num_Catalog_Entries" ) );

    check_order( WSCWriteNameSpaceOrder32( order, 1 ), WSAEINVAL );
    check_order( WSCWriteNameSpaceOrder32( order, 2 ), 0 );
    ret = WSCEnableNSProvider32( &guid, FALSE );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    get_namespaces_of( TRUE, &list );
    ok( !find_namespace( &list, &guid ) && !list.infos[0].fActive, "Got another provider.\n" );

    check_fails( WSCInstallNameSpace32( name, path, NS_DNS, 0, &guid ), WSAEINVAL );
    check_fails( WSCEnableNSProvider32( &guid2, TRUE ), WSAEINVAL );
    check_fails( WSCUnInstallNameSpace32( &guid2 ), WSAEINVAL );
    check_fails( WSCUnInstallNameSpace32( NULL ), WSAEFAULT );
    ret = WSCUnInstallNameSpace32( &guid );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ret = WSCInstallNameSpace32( name, path, NS_DNS, 0, &guid2 );
    ok( !ret, "Got %d, error %d.\n", ret, WSAGetLastError() );
    get_namespaces_of( TRUE, &list );
    ok( list.count == 2 && find_namespace( &list, &guid2 ) == 1, "Got %d providers.\n", list.count );
    check_namespaces( &base );
}
#endif

/* --- what the registry refuses --- */

/* Without rights to write: WSAEACCES from the installing functions, WSANO_RECOVERY from the others (C-10). */
static void test_no_rights(void)
{
    SID_IDENTIFIER_AUTHORITY world = {SECURITY_WORLD_SID_AUTHORITY};
    GUID guid = namespace_guid( 0 ), guid2 = namespace_guid( 1 ), order[] = {guid, dns_guid};
    SECURITY_DESCRIPTOR descriptor;
    BYTE buffer[256];
    ACL *acl = (ACL *)buffer;
    struct namespace_list list;
    LSTATUS status;
    HKEY key;
    PSID sid;

    reset_namespaces();
    install_namespace( 0, L"Winetest" );
    get_namespaces( &list );

    AllocateAndInitializeSid( &world, 1, SECURITY_WORLD_RID, 0, 0, 0, 0, 0, 0, 0, &sid );
    InitializeAcl( acl, sizeof(buffer), ACL_REVISION );
    AddAccessAllowedAce( acl, ACL_REVISION, KEY_READ | DELETE | WRITE_DAC, sid );
    InitializeSecurityDescriptor( &descriptor, SECURITY_DESCRIPTOR_REVISION );
    SetSecurityDescriptorDacl( &descriptor, TRUE, acl, FALSE );
    status = RegOpenKeyExW( HKEY_LOCAL_MACHINE, NAMESPACE_KEY, 0, WRITE_DAC, &key );
    ok( !status, "Opening the key returned %ld.\n", status );
    status = RegSetKeySecurity( key, DACL_SECURITY_INFORMATION, &descriptor );
    ok( !status, "Setting the access rights returned %ld.\n", status );

    check_fails( WSCInstallNameSpace( name, path, NS_DNS, 0, &guid2 ), WSAEACCES );
    check_fails( WSCInstallNameSpaceEx( name, path, NS_DNS, 0, &guid2, NULL ), WSAEACCES );
    check_fails( WSCUnInstallNameSpace( &guid ), WSANO_RECOVERY );
    check_fails( WSCEnableNSProvider( &guid, FALSE ), WSANO_RECOVERY );
    check_order( WSCWriteNameSpaceOrder( order, 2 ), WSANO_RECOVERY );
    check_namespaces( &list );

    SetSecurityDescriptorDacl( &descriptor, TRUE, NULL, FALSE );
    status = RegSetKeySecurity( key, DACL_SECURITY_INFORMATION, &descriptor );
    ok( !status, "Setting the access rights returned %ld.\n", status );
    RegCloseKey( key );
    FreeSid( sid );
    check_fails( WSCInstallNameSpace( name, path, NS_DNS, 0, &guid ), WSAEINVAL );
}

/* The key of the catalog is a link to one that cannot be made, since its parent is volatile: no code fits but
 * WSASYSCALLFAILURE, for which WSCWriteNameSpaceOrder has the same one. A link to a key without a parent will not do:
 * on Wine 10.0 RegCreateKeyExW() of such a link calls itself without end. */
static void test_registry_failure(void)
{
    static const WCHAR target[] = L"\\Registry\\Machine\\winetest_volatile\\winetest";
    GUID guid = namespace_guid( 0 );
    BYTE buffer[4096];
    LSTATUS status;
    HKEY key, parent;
    DWORD size;

    reset_namespaces();
    status = RegCreateKeyExW( HKEY_LOCAL_MACHINE, L"winetest_volatile", 0, NULL, REG_OPTION_VOLATILE, KEY_ALL_ACCESS,
                              NULL, &parent, NULL );
    ok( !status, "Creating the parent returned %ld.\n", status );
    status = RegCreateKeyExW( HKEY_LOCAL_MACHINE, NAMESPACE_KEY, 0, NULL, REG_OPTION_CREATE_LINK, KEY_ALL_ACCESS, NULL,
                              &key, NULL );
    ok( !status, "Creating the link returned %ld.\n", status );
    status = RegSetValueExW( key, L"SymbolicLinkValue", 0, REG_LINK, (const BYTE *)target,
                             wcslen( target ) * sizeof(WCHAR) );
    ok( !status, "Setting the target returned %ld.\n", status );

    check_fails( WSCInstallNameSpace( name, path, NS_DNS, 0, &guid ), WSASYSCALLFAILURE );
    check_fails( WSCUnInstallNameSpace( &dns_guid ), WSASYSCALLFAILURE );
    check_fails( WSCEnableNSProvider( &dns_guid, TRUE ), WSASYSCALLFAILURE );
    check_order( WSCWriteNameSpaceOrder( &dns_guid, 1 ), WSASYSCALLFAILURE );

    /* A reader finds no catalog, and that means the base providers. */
    size = sizeof(buffer);
    status = WSAEnumNameSpaceProvidersW( &size, (WSANAMESPACE_INFOW *)buffer );
    ok( status == 1, "Got %ld, error %d.\n", status, WSAGetLastError() );

    status = NtDeleteKey( key );
    ok( !status, "Deleting the link returned %#lx.\n", status );
    RegCloseKey( key );
    status = RegDeleteKeyW( parent, L"" );
    ok( !status, "Deleting the parent returned %ld.\n", status );
    RegCloseKey( parent );
}

START_TEST(namespace_install)
{
    WSADATA data;
    int ret;

    ret = WSAStartup( MAKEWORD(2, 2), &data );
    ok( !ret, "WSAStartup returned %d.\n", ret );
    if (!save_namespaces())
    {
        skip( "Cannot save the catalog.\n" );
        return;
    }
    test_install();
    test_install_blob();
    test_install_lengths();
    test_install_errors();
    test_uninstall();
    test_uninstall_errors();
    test_enable();
    test_order();
    test_sporder();
#ifdef _WIN64
    test_wow32();
#endif
    test_no_rights();
    test_registry_failure();
    restore_namespaces();
    WSACleanup();
}
