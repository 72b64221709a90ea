/*
 * The catalogs in the registry: what the transport and the name-space catalog share
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

#include "ws2_32_private.h"
#include "catalog_keys.h"

/* A writer needs milliseconds. One that has not finished after this time was stopped, in a debugger maybe. */
#define WRITER_TIMEOUT 10000    /* ms */

const struct store_names store_names[STORE_COUNT] =
{
    [STORE_32] = {L"Catalog_Entries", L"Num_Catalog_Entries"},
    [STORE_64] = {L"Catalog_Entries64", L"Num_Catalog_Entries64"},
};

BOOL store_exists( enum catalog_store store )
{
    BOOL wow64;

    if (store == STORE_32 || sizeof(void *) == 8) return TRUE;
    return IsWow64Process( GetCurrentProcess(), &wow64 ) && wow64;
}

enum catalog_store store_from_kind( enum catalog_kind kind )
{
    return kind == CATALOG_NATIVE && sizeof(void *) == 8 ? STORE_64 : STORE_32;
}

DWORD registry_get_dword( HKEY key, const WCHAR *name )
{
    DWORD value, size = sizeof(value);

    if (RegGetValueW( key, NULL, name, RRF_RT_REG_DWORD, NULL, &value, &size )) return 0;
    return value;
}

BOOL registry_value_exists( HKEY key, const WCHAR *name )
{
    return !RegQueryValueExW( key, name, NULL, NULL, NULL, NULL );
}

LSTATUS registry_get_value( HKEY key, const WCHAR *name, DWORD *type, void **data, DWORD *size )
{
    void *buffer = NULL, *new_buffer;
    LSTATUS status;

    *size = 0;
    /* A writer may change the value between the calls. */
    while (!(status = RegQueryValueExW( key, name, NULL, type, buffer, size )) || status == ERROR_MORE_DATA)
    {
        if (!status && buffer) break;
        if (!(new_buffer = realloc( buffer, max( *size, 1 ) )))
        {
            status = ERROR_NOT_ENOUGH_MEMORY;
            break;
        }
        buffer = new_buffer;
    }
    if (status)
    {
        free( buffer );
        buffer = NULL;
    }
    *data = buffer;
    return status;
}

LSTATUS registry_get_binary( HKEY key, const WCHAR *name, void **data, DWORD *size )
{
    LSTATUS status;
    DWORD type;

    if (!(status = registry_get_value( key, name, &type, data, size )) && type != REG_BINARY)
    {
        free( *data );
        *data = NULL;
        status = ERROR_UNSUPPORTED_TYPE;
    }
    return status;
}

void registry_set_dword( HKEY key, const WCHAR *name, DWORD value, LSTATUS *status )
{
    if (!*status) *status = RegSetValueExW( key, name, 0, REG_DWORD, (BYTE *)&value, sizeof(value) );
}

void registry_set_string( HKEY key, const WCHAR *name, const WCHAR *value, LSTATUS *status )
{
    DWORD size = (wcslen( value ) + 1) * sizeof(WCHAR);

    if (!*status) *status = RegSetValueExW( key, name, 0, REG_SZ, (const BYTE *)value, size );
}

void registry_set_binary( HKEY key, const WCHAR *name, const void *data, DWORD size, LSTATUS *status )
{
    if (!*status) *status = RegSetValueExW( key, name, 0, REG_BINARY, data, size );
}

void entry_key_name( unsigned int number, WCHAR name[ENTRY_KEY_NAME_LEN + 1] )
{
    swprintf( name, ENTRY_KEY_NAME_LEN + 1, L"%0*u", ENTRY_KEY_NAME_LEN, number );
}

LSTATUS delete_other_keys( HKEY entries, unsigned int count )
{
    WCHAR name[256];
    ULONG64 number;
    DWORD i, keys, len;
    LSTATUS status;

    if ((status = RegQueryInfoKeyW( entries, NULL, NULL, NULL, &keys, NULL, NULL, NULL, NULL, NULL, NULL, NULL )))
        return status;

    for (i = keys; !status && i; --i)
    {
        len = ARRAY_SIZE(name);
        if ((status = RegEnumKeyExW( entries, i - 1, name, &len, NULL, NULL, NULL, NULL ))) break;
        if (!is_entry_key_name( name )) continue;
        number = wcstoull( name, NULL, 10 );
        if (!number || number > count) status = RegDeleteTreeW( entries, name );
    }
    return status;
}

LSTATUS create_catalog_key( const WCHAR *current, const WCHAR *name, HKEY *ret )
{
    HKEY parameters;
    LSTATUS status;

    if ((status = RegCreateKeyExW( HKEY_LOCAL_MACHINE, PARAMETERS_KEY, 0, NULL, 0, KEY_ALL_ACCESS, NULL,
                                   &parameters, NULL )))
        return status;
    registry_set_string( parameters, L"WinSock_Registry_Version", L"2.0", &status );
    registry_set_string( parameters, current, name, &status );
    if (!status) status = RegCreateKeyExW( parameters, name, 0, NULL, 0, KEY_ALL_ACCESS, NULL, ret, NULL );
    RegCloseKey( parameters );
    return status;
}

int lock_writers( const WCHAR *name, HANDLE *ret )
{
    HANDLE mutex;
    DWORD wait;

    if (!(mutex = CreateMutexW( NULL, FALSE, name )))
    {
        WARN( "Cannot create the writers' mutex, error %lu.\n", GetLastError() );
        return WSANO_RECOVERY;
    }
    wait = WaitForSingleObject( mutex, WRITER_TIMEOUT );
    if (wait != WAIT_OBJECT_0 && wait != WAIT_ABANDONED)
    {
        WARN( "Another writer holds the catalog.\n" );
        CloseHandle( mutex );
        return WSAEINPROGRESS;
    }
    *ret = mutex;
    return 0;
}

void unlock_writers( HANDLE mutex )
{
    ReleaseMutex( mutex );
    CloseHandle( mutex );
}
