/*
 * The catalog as this process sees it
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
#include "category.h"

struct snapshot
{
    struct catalog *catalog;
    struct snapshot_entry
    {
        struct provider *provider;
        BOOL usable;            /* sockets can come from it */
        BOOL forbidden;         /* they could, but this process must not load its layer */
    } *entries;                 /* what goes with the catalog's entry of the same index */
};

static SRWLOCK snapshot_lock = SRWLOCK_INIT;    /* guards the pointer; held for look-ups only */
static LONG known_ids[16];      /* ids that the snapshot is known to have; written under the lock, 0 is none */
static struct snapshot *snapshot;

static void free_snapshot( struct snapshot *old )
{
    if (!old) return;
    if (old->catalog) catalog_free( old->catalog );
    free( old->entries );
    free( old );
}

static void replace_snapshot( struct snapshot *new_snapshot )
{
    struct snapshot *old;
    unsigned int i;

    AcquireSRWLockExclusive( &snapshot_lock );
    old = snapshot;
    snapshot = new_snapshot;
    for (i = 0; i < ARRAY_SIZE(known_ids); ++i) write_release( &known_ids[i], 0 );
    ReleaseSRWLockExclusive( &snapshot_lock );
    free_snapshot( old );
}

static BOOL fill_entry( const struct catalog *catalog, const struct catalog_entry *entry, BOOL forbidden,
                        struct snapshot_entry *ret )
{
    BOOL complete = catalog_entry_is_usable( catalog, entry );

    ret->usable = complete && !forbidden;
    ret->forbidden = complete && forbidden;
    if (!complete && entry->info.ProtocolChain.ChainLen != LAYERED_PROTOCOL)
        WARN( "Entry %lu is passed over: an element of its chain is not in the catalog.\n",
              entry->info.dwCatalogEntryId );
    if (!(ret->provider = provider_get( &entry->info.ProviderId ))) return FALSE;
    if (entry->info.ProtocolChain.ChainLen == BASE_PROTOCOL) ret->provider->is_base = TRUE;
    return TRUE;
}

static int fill_entries( struct catalog *catalog, struct snapshot_entry *ret )
{
    BOOL *forbidden;
    unsigned int i;
    int error;

    if (!(forbidden = calloc( catalog->count + 1, sizeof(*forbidden) ))) return WSA_NOT_ENOUGH_MEMORY;
    error = category_filter( catalog, forbidden );
    for (i = 0; !error && i < catalog->count; ++i)
        if (!fill_entry( catalog, &catalog->entries[i], forbidden[i], &ret[i] )) error = WSA_NOT_ENOUGH_MEMORY;
    free( forbidden );
    return error;
}

int snapshot_take(void)
{
    struct snapshot *new_snapshot;
    struct catalog *catalog;
    int error;

    if (!(new_snapshot = calloc( 1, sizeof(*new_snapshot) ))) return WSA_NOT_ENOUGH_MEMORY;
    if (!(error = catalog_read( CATALOG_NATIVE, &catalog )))
    {
        new_snapshot->catalog = catalog;
        new_snapshot->entries = calloc( catalog->count + 1, sizeof(*new_snapshot->entries) );
        if (new_snapshot->entries) error = fill_entries( catalog, new_snapshot->entries );
        else error = WSA_NOT_ENOUGH_MEMORY;
    }
    if (!error)
    {
        replace_snapshot( new_snapshot );
        return 0;
    }
    free_snapshot( new_snapshot );
    return error == WSA_NOT_ENOUGH_MEMORY ? error : WSASYSNOTREADY;
}

void snapshot_drop(void)
{
    replace_snapshot( NULL );
}

static void fill_selection( unsigned int index, struct selection *ret )
{
    ret->provider = snapshot->entries[index].provider;
    ret->entry = snapshot->catalog->entries[index];
}

static BOOL matches_protocol( const WSAPROTOCOL_INFOW *info, int protocol )
{
    if (!protocol) return !!(info->dwProviderFlags & PFL_MATCHES_PROTOCOL_ZERO);
    return protocol >= info->iProtocol && protocol <= info->iProtocol + info->iProtocolMaxOffset;
}

/* What some entry of the catalog has in common with a request. */
struct match
{
    BOOL type, protocol, family, family_and_type;
};

/* The error when no entry has it all: what is known nowhere comes first. Windows and Wine complain of an unknown
 * type before an unknown family; of an unknown protocol Windows complains last and Wine 8.0 second, and programs
 * are to find what they found on Wine. */
static int no_match_error( const struct match *match )
{
    if (!match->type) return WSAESOCKTNOSUPPORT;
    if (!match->protocol) return WSAEPROTONOSUPPORT;
    if (!match->family) return WSAEAFNOSUPPORT;
    return match->family_and_type ? WSAEPROTONOSUPPORT : WSAESOCKTNOSUPPORT;
}

static BOOL match_entry( const WSAPROTOCOL_INFOW *info, int af, int type, int protocol, struct match *match )
{
    BOOL family_matches = !af || af == info->iAddressFamily;
    BOOL type_matches = !type || type == info->iSocketType;
    BOOL protocol_matches = matches_protocol( info, protocol );

    match->family |= family_matches;
    match->type |= type_matches;
    match->protocol |= protocol_matches;
    match->family_and_type |= family_matches && type_matches;
    return family_matches && type_matches && protocol_matches;
}

int snapshot_select( int af, int type, int protocol, struct selection *ret )
{
    struct match match = {0};
    BOOL found = FALSE;
    unsigned int i;

    if (!af && !protocol) return WSAEINVAL;

    AcquireSRWLockShared( &snapshot_lock );
    for (i = 0; !found && snapshot && i < snapshot->catalog->count; ++i)
    {
        const WSAPROTOCOL_INFOW *info = &snapshot->catalog->entries[i].info;

        if (!snapshot->entries[i].usable || !match_entry( info, af, type, protocol, &match )) continue;
        fill_selection( i, ret );
        found = TRUE;
    }
    ReleaseSRWLockShared( &snapshot_lock );
    return found ? 0 : no_match_error( &match );
}

/* Windows does not say how it finds the entry of a structure. The id alone could be stale, so the provider must
 * agree; an id that another process or a program wrote by hand is tried by provider and triple. */
static BOOL describes( const WSAPROTOCOL_INFOW *info, const WSAPROTOCOL_INFOW *entry, BOOL exact )
{
    if (!IsEqualGUID( &info->ProviderId, &entry->ProviderId )) return FALSE;
    if (exact) return info->dwCatalogEntryId == entry->dwCatalogEntryId;
    return info->iAddressFamily == entry->iAddressFamily && info->iSocketType == entry->iSocketType;
}

static BOOL same_triple( const WSAPROTOCOL_INFOW *info, const WSAPROTOCOL_INFOW *other )
{
    return info->iAddressFamily == other->iAddressFamily && info->iSocketType == other->iSocketType &&
           info->iProtocol == other->iProtocol;
}

/* The index of the entry that serves for one that is asked for: itself, or the next one for the same triple if this
 * process must not load its layer (§17.8). FALSE if there is none. */
static BOOL find_serving( unsigned int index, unsigned int *ret )
{
    const struct catalog_entry *entries = snapshot->catalog->entries;
    unsigned int i = index;

    if (snapshot->entries[index].forbidden)
    {
        do ++i;
        while (i < snapshot->catalog->count &&
               (!snapshot->entries[i].usable || !same_triple( &entries[i].info, &entries[index].info )));
        if (i == snapshot->catalog->count) return FALSE;
    }
    *ret = i;
    return snapshot->entries[i].usable;
}

int snapshot_select_info( const WSAPROTOCOL_INFOW *info, struct selection *ret )
{
    int exact, error = WSAEINVAL;
    unsigned int i, serving;

    AcquireSRWLockShared( &snapshot_lock );
    for (exact = 1; error && exact >= 0; --exact)
    {
        for (i = 0; error && snapshot && i < snapshot->catalog->count; ++i)
        {
            const WSAPROTOCOL_INFOW *entry = &snapshot->catalog->entries[i].info;

            if (!describes( info, entry, exact ) || !find_serving( i, &serving )) continue;
            fill_selection( serving, ret );
            error = 0;
        }
    }
    ReleaseSRWLockShared( &snapshot_lock );
    return error;
}

int snapshot_select_family( int af, struct selection *ret )
{
    int error = WSAEINVAL;
    unsigned int i;

    AcquireSRWLockShared( &snapshot_lock );
    for (i = 0; error && snapshot && i < snapshot->catalog->count; ++i)
    {
        const WSAPROTOCOL_INFOW *info = &snapshot->catalog->entries[i].info;

        if (info->iAddressFamily != af || !snapshot->entries[i].usable) continue;
        fill_selection( i, ret );
        error = 0;
    }
    ReleaseSRWLockShared( &snapshot_lock );
    return error;
}

BOOL snapshot_entry( unsigned int index, struct catalog_entry *ret )
{
    BOOL found;

    AcquireSRWLockShared( &snapshot_lock );
    if ((found = snapshot && index < snapshot->catalog->count)) *ret = snapshot->catalog->entries[index];
    ReleaseSRWLockShared( &snapshot_lock );
    return found;
}

BOOL snapshot_select_provider( const struct provider *provider, struct selection *ret )
{
    BOOL found = FALSE;
    unsigned int i;

    AcquireSRWLockShared( &snapshot_lock );
    for (i = 0; !found && snapshot && i < snapshot->catalog->count; ++i)
    {
        if (snapshot->entries[i].provider != provider || !snapshot->entries[i].usable) continue;
        fill_selection( i, ret );
        found = TRUE;
    }
    ReleaseSRWLockShared( &snapshot_lock );
    return found;
}

BOOL snapshot_select_ifs_base( unsigned int index, struct selection *ret )
{
    BOOL found = FALSE;
    unsigned int i;

    AcquireSRWLockShared( &snapshot_lock );
    for (i = 0; !found && snapshot && i < snapshot->catalog->count; ++i)
    {
        const WSAPROTOCOL_INFOW *info = &snapshot->catalog->entries[i].info;

        if (info->ProtocolChain.ChainLen != BASE_PROTOCOL) continue;
        if (!(info->dwServiceFlags1 & XP1_IFS_HANDLES)) continue;
        if (index--) continue;
        fill_selection( i, ret );
        found = TRUE;
    }
    ReleaseSRWLockShared( &snapshot_lock );
    return found;
}

static BOOL is_ifs_layer_over( const WSAPROTOCOL_INFOW *info, DWORD base_id )
{
    const WSAPROTOCOLCHAIN *chain = &info->ProtocolChain;

    if (chain->ChainLen <= BASE_PROTOCOL || !(info->dwServiceFlags1 & XP1_IFS_HANDLES)) return FALSE;
    return chain->ChainEntries[chain->ChainLen - 1] == base_id;
}

BOOL snapshot_select_ifs_layer( unsigned int index, DWORD base_id, struct selection *ret )
{
    BOOL found = FALSE;
    unsigned int i;

    AcquireSRWLockShared( &snapshot_lock );
    for (i = 0; !found && snapshot && i < snapshot->catalog->count; ++i)
    {
        if (!snapshot->entries[i].usable) continue;
        if (!is_ifs_layer_over( &snapshot->catalog->entries[i].info, base_id )) continue;
        if (index--) continue;
        fill_selection( i, ret );
        found = TRUE;
    }
    ReleaseSRWLockShared( &snapshot_lock );
    return found;
}

struct provider *snapshot_provider( DWORD catalog_id )
{
    struct provider *provider = NULL;
    unsigned int i;

    AcquireSRWLockShared( &snapshot_lock );
    for (i = 0; !provider && snapshot && i < snapshot->catalog->count; ++i)
        if (snapshot->catalog->entries[i].info.dwCatalogEntryId == catalog_id)
            provider = snapshot->entries[i].provider;
    ReleaseSRWLockShared( &snapshot_lock );
    return provider;
}

BOOL snapshot_has_id( DWORD catalog_id )
{
    LONG *known = &known_ids[catalog_id % ARRAY_SIZE(known_ids)];
    BOOL found = FALSE;
    unsigned int i;

    if (catalog_id && (DWORD)ReadAcquire( known ) == catalog_id) return TRUE;

    AcquireSRWLockShared( &snapshot_lock );
    for (i = 0; !found && snapshot && i < snapshot->catalog->count; ++i)
        found = snapshot->catalog->entries[i].info.dwCatalogEntryId == catalog_id;
    if (found) write_release( known, catalog_id );
    ReleaseSRWLockShared( &snapshot_lock );
    return found;
}
