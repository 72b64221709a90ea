/*
 * What the tests of the transport catalog share
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

#include "catalog_util.h"

#define BACKUP_KEY PARAMETERS_KEY L"\\Protocol_Catalog9_winetest"

GUID tcpip_guid = {0xe70f1aa0, 0xab8b, 0x11cf, {0x8c, 0xa3, 0x00, 0x80, 0x5f, 0x48, 0xa1, 0x92}};
GUID tcpip6_guid = {0xf9eab0c0, 0x26d4, 0x11d0, {0xbb, 0xbf, 0x00, 0xaa, 0x00, 0x6c, 0x34, 0xe4}};
GUID lsp_guid = {0x6c1b0c52, 0x5b0a, 0x4b1e, {0x9d, 0x1c, 0x31, 0x2a, 0x57, 0x0e, 0x11, 0x01}};
GUID lsp2_guid = {0x6c1b0c52, 0x5b0a, 0x4b1e, {0x9d, 0x1c, 0x31, 0x2a, 0x57, 0x0e, 0x11, 0x02}};
GUID chain_guid = {0x6c1b0c52, 0x5b0a, 0x4b1e, {0x9d, 0x1c, 0x31, 0x2a, 0x57, 0x0e, 0x11, 0x03}};
GUID unknown_guid = {0x6c1b0c52, 0x5b0a, 0x4b1e, {0x9d, 0x1c, 0x31, 0x2a, 0x57, 0x0e, 0x11, 0xff}};

static HKEY open_key( const WCHAR *name )
{
    HKEY key = NULL;
    LSTATUS ret = RegOpenKeyExW( HKEY_LOCAL_MACHINE, name, 0, KEY_ALL_ACCESS, &key );

    ok( !ret, "Opening %ls returned %ld.\n", name, ret );
    return key;
}

DWORD get_dword( const WCHAR *value )
{
    DWORD ret, size = sizeof(ret);

    if (RegGetValueW( HKEY_LOCAL_MACHINE, CATALOG_KEY, value, RRF_RT_REG_DWORD, NULL, &ret, &size )) return 0;
    return ret;
}

int get_count( const WCHAR *value )
{
    return get_dword( value );
}

BOOL has_value( const WCHAR *value )
{
    return !RegGetValueW( HKEY_LOCAL_MACHINE, CATALOG_KEY, value, RRF_RT_ANY, NULL, NULL, NULL );
}

void set_value( const WCHAR *value, DWORD type, const void *data, DWORD size )
{
    HKEY key = open_key( CATALOG_KEY );
    LSTATUS ret;

    ret = RegSetValueExW( key, value, 0, type, data, size );
    ok( !ret, "Setting %ls returned %ld.\n", value, ret );
    RegCloseKey( key );
}

void item_key( unsigned int number, WCHAR name[256] )
{
    swprintf( name, 256, L"%ls\\%ls\\%012u", CATALOG_KEY, NATIVE_ENTRIES, number );
}

BOOL read_item( unsigned int number, struct packed_item *item )
{
    DWORD size = sizeof(*item);
    WCHAR name[256];

    item_key( number, name );
    return !RegGetValueW( HKEY_LOCAL_MACHINE, name, L"PackedCatalogItem", RRF_RT_REG_BINARY, NULL, item, &size ) &&
           size == sizeof(*item);
}

void write_item( unsigned int number, const void *item, DWORD size )
{
    WCHAR name[256];
    LSTATUS ret;
    HKEY key;

    item_key( number, name );
    ret = RegCreateKeyExW( HKEY_LOCAL_MACHINE, name, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL );
    ok( !ret, "Creating %ls returned %ld.\n", name, ret );
    ret = RegSetValueExW( key, L"PackedCatalogItem", 0, REG_BINARY, item, size );
    ok( !ret, "Setting PackedCatalogItem returned %ld.\n", ret );
    RegCloseKey( key );
}

LSTATUS copy_key( const WCHAR *from, const WCHAR *to )
{
    HKEY src, dst;
    LSTATUS ret;

    if ((ret = RegOpenKeyExW( HKEY_LOCAL_MACHINE, from, 0, KEY_READ, &src ))) return ret;
    RegDeleteTreeW( HKEY_LOCAL_MACHINE, to );
    ret = RegCreateKeyExW( HKEY_LOCAL_MACHINE, to, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &dst, NULL );
    if (!ret)
    {
        ret = RegCopyTreeW( src, NULL, dst );
        RegCloseKey( dst );
    }
    RegCloseKey( src );
    return ret;
}

void restore_catalog(void)
{
    LSTATUS ret = copy_key( BACKUP_KEY, CATALOG_KEY );

    ok( !ret, "Restoring the catalog returned %ld.\n", ret );
    if (!ret) RegDeleteTreeW( HKEY_LOCAL_MACHINE, BACKUP_KEY );
}

BOOL save_catalog(void)
{
    HKEY key;

    /* A run that crashed left its copy. */
    if (!RegOpenKeyExW( HKEY_LOCAL_MACHINE, BACKUP_KEY, 0, KEY_READ, &key ))
    {
        RegCloseKey( key );
        restore_catalog();
    }
    return !copy_key( CATALOG_KEY, BACKUP_KEY );
}

void reset_catalog(void)
{
    LSTATUS ret = RegDeleteTreeW( HKEY_LOCAL_MACHINE, CATALOG_KEY );

    ok( !ret || ret == ERROR_FILE_NOT_FOUND, "Deleting the catalog returned %ld.\n", ret );
}

void deny_access( HKEY key, BOOL deny )
{
    SECURITY_DESCRIPTOR descriptor;
    LSTATUS ret;
    ACL empty;

    InitializeSecurityDescriptor( &descriptor, SECURITY_DESCRIPTOR_REVISION );
    InitializeAcl( &empty, sizeof(empty), ACL_REVISION );
    SetSecurityDescriptorDacl( &descriptor, TRUE, deny ? &empty : NULL, FALSE );
    ret = RegSetKeySecurity( key, DACL_SECURITY_INFORMATION, &descriptor );
    ok( !ret, "Setting the access to the key returned %ld.\n", ret );
}

static int enum_protocols( BOOL wow32, int *filter, WSAPROTOCOL_INFOW *infos, DWORD *size, int *error )
{
#ifdef _WIN64
    if (wow32) return WSCEnumProtocols32( filter, infos, size, error );
#endif
    ok( !wow32, "There is no such catalog.\n" );
    return WSCEnumProtocols( filter, infos, size, error );
}

void get_list_of( BOOL wow32, struct list *list )
{
    DWORD size = sizeof(list->infos);
    int error = 0xdead;

    memset( list, 0, sizeof(*list) );
    list->count = enum_protocols( wow32, NULL, list->infos, &size, &error );
    ok( list->count >= 0, "Enumerating failed, error %d.\n", error );
    if (list->count < 0) list->count = 0;
}

void get_list( struct list *list )
{
    get_list_of( FALSE, list );
}

int find_id( const struct list *list, DWORD id )
{
    int i;

    for (i = 0; i < list->count; ++i) if (list->infos[i].dwCatalogEntryId == id) return i;
    return -1;
}

int count_provider( const struct list *list, const GUID *guid )
{
    int i, count = 0;

    for (i = 0; i < list->count; ++i) if (IsEqualGUID( &list->infos[i].ProviderId, guid )) ++count;
    return count;
}

void check_unchanged_( const char *file, int line, const struct list *expected )
{
    struct list list;

    get_list( &list );
    ok_(file, line)( list.count == expected->count,
                         "Got %d entries instead of %d.\n", list.count, expected->count );
    ok_(file, line)( !memcmp( list.infos, expected->infos, sizeof(list.infos) ), "The entries have changed.\n" );
}

WSAPROTOCOL_INFOW make_layer( const struct list *list, const WCHAR *name )
{
    WSAPROTOCOL_INFOW info = list->infos[0];

    info.ProtocolChain.ChainLen = LAYERED_PROTOCOL;
    info.dwProviderFlags |= PFL_HIDDEN;
    info.iSocketType = info.iProtocol = 0;
    wcscpy( info.szProtocol, name );
    return info;
}

WSAPROTOCOL_INFOW make_chain( const struct list *list, DWORD layer, DWORD lower, const WCHAR *name )
{
    WSAPROTOCOL_INFOW info = list->infos[find_id( list, lower )];

    info.ProtocolChain.ChainLen = 2;
    info.ProtocolChain.ChainEntries[0] = layer;
    info.ProtocolChain.ChainEntries[1] = lower;
    wcscpy( info.szProtocol, name );
    return info;
}

void install_( const char *file, int line, GUID *guid, WSAPROTOCOL_INFOW *infos, DWORD count )
{
    int ret, error = 0xdead;

    ret = WSCInstallProvider( guid, LSP_PATH, infos, count, &error );
    ok_(file, line)( !ret, "WSCInstallProvider returned %d, error %d.\n", ret, error );
}
