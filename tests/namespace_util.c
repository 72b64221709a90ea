/*
 * What the tests of the name-space catalog share
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

#define BACKUP_KEY PARAMETERS_KEY L"\\NameSpace_Catalog5_winetest"

GUID dns_guid = {0x22059d40, 0x7e9e, 0x11cf, {0xae, 0x5a, 0x00, 0xaa, 0x00, 0xa7, 0x11, 0x2b}};

GUID namespace_guid( int number )
{
    GUID guid = {0, 0x33d3, 0x4ed8, {0x8a, 0x2c, 0x6d, 0x11, 0x5c, 0x0f, 0x74, 0xe2}};

    guid.Data1 = number;
    return guid;
}

BOOL save_namespaces(void)
{
    HKEY key;

    /* The catalog is in the registry once somebody has read it. A run that crashed left its copy. */
    if (!RegOpenKeyExW( HKEY_LOCAL_MACHINE, BACKUP_KEY, 0, KEY_READ, &key ))
    {
        RegCloseKey( key );
        restore_namespaces();
    }
    if (RegCreateKeyExW( HKEY_LOCAL_MACHINE, NAMESPACE_KEY, 0, NULL, 0, KEY_READ, NULL, &key, NULL )) return FALSE;
    RegCloseKey( key );
    return !copy_key( NAMESPACE_KEY, BACKUP_KEY );
}

void restore_namespaces(void)
{
    LSTATUS ret = copy_key( BACKUP_KEY, NAMESPACE_KEY );

    ok( !ret, "Restoring the catalog returned %ld.\n", ret );
    if (!ret) RegDeleteTreeW( HKEY_LOCAL_MACHINE, BACKUP_KEY );
}

void reset_namespaces(void)
{
    LSTATUS ret = RegDeleteTreeW( HKEY_LOCAL_MACHINE, NAMESPACE_KEY );

    ok( !ret || ret == ERROR_FILE_NOT_FOUND, "Deleting the catalog returned %ld.\n", ret );
}

DWORD get_namespace_dword( const WCHAR *value )
{
    DWORD ret, size = sizeof(ret);

    if (RegGetValueW( HKEY_LOCAL_MACHINE, NAMESPACE_KEY, value, RRF_RT_REG_DWORD, NULL, &ret, &size )) return 0;
    return ret;
}

BOOL has_namespace_value( const WCHAR *value )
{
    return !RegGetValueW( HKEY_LOCAL_MACHINE, NAMESPACE_KEY, value, RRF_RT_ANY, NULL, NULL, NULL );
}

void set_namespace_value( const WCHAR *value, DWORD type, const void *data, DWORD size )
{
    LSTATUS ret;
    HKEY key;

    ret = RegOpenKeyExW( HKEY_LOCAL_MACHINE, NAMESPACE_KEY, 0, KEY_SET_VALUE, &key );
    ok( !ret, "Opening the key returned %ld.\n", ret );
    ret = RegSetValueExW( key, value, 0, type, data, size );
    ok( !ret, "Setting %ls returned %ld.\n", value, ret );
    RegCloseKey( key );
}

static void item_key_name( unsigned int number, WCHAR name[256] )
{
    swprintf( name, 256, L"%ls\\%ls\\%012u", NAMESPACE_KEY, NATIVE_ENTRIES, number );
}

HKEY open_namespace_item( unsigned int number )
{
    WCHAR name[256];
    LSTATUS ret;
    HKEY key;

    item_key_name( number, name );
    ret = RegCreateKeyExW( HKEY_LOCAL_MACHINE, name, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL );
    ok( !ret, "Creating %ls returned %ld.\n", name, ret );
    return key;
}

static BOOL read_value( HKEY key, const WCHAR *name, DWORD flags, void *data, DWORD *size )
{
    return !RegGetValueW( key, NULL, name, flags | RRF_NOEXPAND, NULL, data, size );
}

BOOL read_namespace_item( unsigned int number, struct namespace_item *item )
{
    DWORD id_size = sizeof(item->id), name_size = sizeof(item->name), path_size = sizeof(item->path), size = sizeof(DWORD);
    WCHAR name[256];
    HKEY key;
    BOOL ret;

    memset( item, 0, sizeof(*item) );
    item->info_size = sizeof(item->info);
    item_key_name( number, name );
    if (RegOpenKeyExW( HKEY_LOCAL_MACHINE, name, 0, KEY_READ, &key )) return FALSE;
    ret = read_value( key, L"ProviderId", RRF_RT_REG_BINARY, &item->id, &id_size ) && id_size == sizeof(item->id) &&
          read_value( key, L"SupportedNameSpace", RRF_RT_REG_DWORD, &item->name_space, &size ) &&
          read_value( key, L"Version", RRF_RT_REG_DWORD, &item->version, &size ) &&
          read_value( key, L"Enabled", RRF_RT_REG_DWORD, &item->enabled, &size ) &&
          read_value( key, L"StoresServiceClassInfo", RRF_RT_REG_DWORD, &item->class_info, &size ) &&
          read_value( key, L"DisplayString", RRF_RT_REG_SZ, item->name, &name_size ) &&
          read_value( key, L"LibraryPath", RRF_RT_REG_SZ | RRF_RT_REG_EXPAND_SZ, item->path, &path_size ) &&
          read_value( key, L"ProviderInfo", RRF_RT_REG_BINARY, item->info, &item->info_size );
    RegCloseKey( key );
    return ret;
}

void write_namespace_item( unsigned int number, const struct namespace_item *item )
{
    HKEY key = open_namespace_item( number );

    RegSetValueExW( key, L"ProviderId", 0, REG_BINARY, (BYTE *)&item->id, sizeof(item->id) );
    RegSetValueExW( key, L"SupportedNameSpace", 0, REG_DWORD, (BYTE *)&item->name_space, sizeof(DWORD) );
    RegSetValueExW( key, L"Version", 0, REG_DWORD, (BYTE *)&item->version, sizeof(DWORD) );
    RegSetValueExW( key, L"Enabled", 0, REG_DWORD, (BYTE *)&item->enabled, sizeof(DWORD) );
    RegSetValueExW( key, L"StoresServiceClassInfo", 0, REG_DWORD, (BYTE *)&item->class_info, sizeof(DWORD) );
    RegSetValueExW( key, L"DisplayString", 0, REG_SZ, (BYTE *)item->name, (wcslen( item->name ) + 1) * sizeof(WCHAR) );
    RegSetValueExW( key, L"LibraryPath", 0, REG_SZ, (BYTE *)item->path, (wcslen( item->path ) + 1) * sizeof(WCHAR) );
    RegCloseKey( key );
}

void get_namespaces_of( BOOL wow32, struct namespace_list *list )
{
    DWORD size = sizeof(list->buffer);

    list->infos = (WSANAMESPACE_INFOEXW *)list->buffer;
#ifdef _WIN64
    if (wow32) list->count = WSCEnumNameSpaceProvidersEx32( &size, list->infos );
    else
#endif
    list->count = WSAEnumNameSpaceProvidersExW( &size, list->infos );
    ok( list->count >= 0, "Enumerating failed, error %d.\n", WSAGetLastError() );
    if (list->count < 0) list->count = 0;
    ok( !wow32 || sizeof(void *) == 8, "There is no such catalog.\n" );
}

void get_namespaces( struct namespace_list *list )
{
    get_namespaces_of( FALSE, list );
}

int find_namespace( const struct namespace_list *list, const GUID *id )
{
    int i;

    for (i = 0; i < list->count; ++i) if (IsEqualGUID( &list->infos[i].NSProviderId, id )) return i;
    return -1;
}

static BOOL equal_infos( const WSANAMESPACE_INFOEXW *a, const WSANAMESPACE_INFOEXW *b )
{
    return IsEqualGUID( &a->NSProviderId, &b->NSProviderId ) && a->dwNameSpace == b->dwNameSpace &&
           a->fActive == b->fActive && a->dwVersion == b->dwVersion && !wcscmp( a->lpszIdentifier, b->lpszIdentifier ) &&
           a->ProviderSpecific.cbSize == b->ProviderSpecific.cbSize &&
           !memcmp( a->ProviderSpecific.pBlobData, b->ProviderSpecific.pBlobData, a->ProviderSpecific.cbSize );
}

void check_namespaces_( const char *file, int line, const struct namespace_list *expected )
{
    struct namespace_list list;
    int i;

    get_namespaces( &list );
    ok_(file, line)( list.count == expected->count, "Got %d providers instead of %d.\n", list.count, expected->count );
    for (i = 0; i < min( list.count, expected->count ); ++i)
        ok_(file, line)( equal_infos( &list.infos[i], &expected->infos[i] ), "Provider %d, %ls, is not %ls.\n", i,
                         list.infos[i].lpszIdentifier, expected->infos[i].lpszIdentifier );
}

void install_namespace_( const char *file, int line, int number, const WCHAR *name )
{
    GUID guid = namespace_guid( number );
    WCHAR *identifier = wcsdup( name ), *path = wcsdup( NAMESPACE_PATH );
    int ret = WSCInstallNameSpace( identifier, path, NS_DNS, number, &guid );

    ok_(file, line)( !ret, "WSCInstallNameSpace returned %d, error %d.\n", ret, WSAGetLastError() );
    free( identifier );
    free( path );
}

void check_fails_( const char *file, int line, int ret, int expected )
{
    ok_(file, line)( ret == SOCKET_ERROR && WSAGetLastError() == expected, "Got %d, error %d instead of %d.\n", ret,
                     WSAGetLastError(), expected );
}
