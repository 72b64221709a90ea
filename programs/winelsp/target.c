/*
 * Administration of layered providers: what the user names
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

#include "winelsp.h"

void parse_target( const WCHAR *text, struct target *target )
{
    target->text = text;
    target->is_guid = parse_guid( text, &target->guid );
}

static BOOL is_named( const struct target *target, const struct entry *entry )
{
    if (target->is_guid) return IsEqualGUID( &entry->info.ProviderId, &target->guid );
    return !_wcsicmp( entry->info.szProtocol, target->text );
}

const struct entry *find_named( const struct target *target, const WCHAR *kind, const struct entry *other,
                                const struct public_catalog **ret_catalog )
{
    unsigned int i, j;

    for (i = 0; i < CATALOG_COUNT; ++i)
    {
        for (j = 0; j < catalogs[i].count; ++j)
        {
            const struct entry *entry = &catalogs[i].entries[j];

            if (!is_named( target, entry ) || wcscmp( entry_kind( entry ), kind )) continue;
            if (other && IsEqualGUID( &other->info.ProviderId, &entry->info.ProviderId )) continue;
            *ret_catalog = &catalogs[i];
            return entry;
        }
    }
    return NULL;
}

BOOL find_layer( const struct target *target, const struct entry **ret )
{
    WCHAR guid[GUID_CHARS], other_guid[GUID_CHARS];
    const struct public_catalog *catalog;
    const struct entry *other;

    *ret = find_named( target, L"layer", NULL, &catalog );
    if (!*ret || !(other = find_named( target, L"layer", *ret, &catalog ))) return TRUE;
    error( L"there are several layered providers named '%ls': %ls, %ls; name one by its GUID", target->text,
           guid_string( &(*ret)->info.ProviderId, guid ), guid_string( &other->info.ProviderId, other_guid ) );
    return FALSE;
}
