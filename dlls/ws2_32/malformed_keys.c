/*
 * Catalogs: keys that are no entries
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

int malformed_keys_add( struct malformed_keys *malformed, const WCHAR *name )
{
    WCHAR (*names)[ENTRY_KEY_NAME_LEN + 1];

    if (!(names = realloc( malformed->names, (malformed->count + 1) * sizeof(*names) )))
        return WSA_NOT_ENOUGH_MEMORY;
    wcscpy( names[malformed->count++], name );
    malformed->names = names;
    return 0;
}

/* Copies a key to a name that no entry has. */
static LSTATUS copy_malformed_key( HKEY entries, const WCHAR *name )
{
    DWORD disposition, number = 1;
    WCHAR copy_name[64];
    LSTATUS status;
    HKEY copy;

    for (;;)
    {
        swprintf( copy_name, ARRAY_SIZE(copy_name), L"malformed %ls %lu", name, number++ );
        if ((status = RegCreateKeyExW( entries, copy_name, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &copy, &disposition )))
            return status;
        if (disposition == REG_CREATED_NEW_KEY) break;
        RegCloseKey( copy );
    }
    status = RegCopyTreeW( entries, name, copy );
    RegCloseKey( copy );
    WARN( "%s is kept as %s.\n", debugstr_w(name), debugstr_w(copy_name) );
    return status;
}

LSTATUS set_malformed_aside( HKEY key, enum catalog_store store, const struct malformed_keys *malformed )
{
    LSTATUS status;
    unsigned int i;
    HKEY entries;

    if (!malformed->count) return 0;
    if ((status = RegOpenKeyExW( key, store_names[store].entries, 0, KEY_ALL_ACCESS, &entries ))) return status;
    for (i = 0; !status && i < malformed->count; ++i)
        status = copy_malformed_key( entries, malformed->names[i] );
    RegCloseKey( entries );
    return status;
}
