/*
 * Installation
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


#include "installer.h"

#include <rpc.h>

/* This is how installers did it before Windows Vista brought WSCInstallProviderAndChains(): first an entry for the
 * layer itself, which gives it an id; then a chain for each protocol, which is our id and what the layer stands on;
 * then the new chains are put before all others, since a program gets the first entry that fits. */

#define MAX_CHAINS 64

struct installation
{
    struct catalog catalogs[MAX_CATALOGS];
    int catalog_count;                      /* those that we install into */
    WCHAR path[MAX_PATH];                   /* of the DLL, as the catalog has it */
    BOOL ifs;
    WSAPROTOCOL_INFOW lower[MAX_CHAINS];    /* what to be layered over */
    int lower_count;
    GUID installed[MAX_CHAINS + 1];         /* so far, our own entry first */
    int installed_count;
    BOOL trace_file_set;
};

static BOOL append_name( WCHAR *path, DWORD len )
{
    if (!len || len + 1 + wcslen( LSP_DLL ) >= MAX_PATH) return FALSE;
    wcscat( path, L"\\" LSP_DLL );
    return GetFileAttributesW( path ) != INVALID_FILE_ATTRIBUTES;
}

/* Finds the DLL and says where it is for LoadLibrary(). */
static int find_dll( struct installation *installation, WCHAR *file )
{
    WCHAR other[MAX_PATH], *end;

    if (append_name( file, GetSystemDirectoryW( file, MAX_PATH ) ))
    {
        wcscpy( installation->path, L"%SystemRoot%\\system32\\" LSP_DLL );
        if (!append_name( other, GetSystemWow64DirectoryW( other, MAX_PATH ) )) installation->catalog_count = 1;
        return 0;
    }
    installation->catalog_count = 1;
    if (GetModuleFileNameW( NULL, file, MAX_PATH ) < MAX_PATH && (end = wcsrchr( file, '\\' )))
    {
        *end = 0;
        if (append_name( file, wcslen( file ) ))
        {
            wcscpy( installation->path, file );
            return 0;
        }
    }
    return fail( LSP_DLL L" is neither in the system folder nor beside this program; copy it there." );
}

/* The layer's GUID is compiled into its DLL. */
static int get_guid( const WCHAR *file, GUID *guid )
{
    void (WSPAPI *get_lsp_guid)( GUID * );
    HMODULE module;

    if (!(module = LoadLibraryW( file ))) return fail( L"'%ls' cannot be loaded: error %lu.", file, GetLastError() );
    get_lsp_guid = (void *)GetProcAddress( module, "GetLspGuid" );
    if (get_lsp_guid) get_lsp_guid( guid );
    FreeLibrary( module );
    return get_lsp_guid ? 0 : fail( L"'%ls' is not a layer of ours: it has no GetLspGuid.", file );
}

static int add_lower( struct installation *installation, const WSAPROTOCOL_INFOW *entry )
{
    int i;

    for (i = 0; i < installation->lower_count; ++i)
        if (installation->lower[i].dwCatalogEntryId == entry->dwCatalogEntryId) return 0;
    if (entry->ProtocolChain.ChainLen >= MAX_PROTOCOL_CHAIN - 1)
        return fail( L"'%ls' has as many layers as there can be.", entry->szProtocol );
    if (installation->ifs && !(entry->dwServiceFlags1 & XP1_IFS_HANDLES))
        return fail( L"'%ls' is non-IFS, and an IFS layer cannot be over that; use --non-ifs.", entry->szProtocol );
    if (installation->catalog_count > 1)
    {
        const WSAPROTOCOL_INFOW *other = catalog_find_id( &installation->catalogs[1], entry->dwCatalogEntryId );

        if (!other || wcscmp( other->szProtocol, entry->szProtocol ))
            return fail( L"'%ls' is not the same in the 32-bit catalog; take " LSP_DLL L" out of one system folder.",
                         entry->szProtocol );
    }
    if (installation->lower_count == MAX_CHAINS) return fail( L"more than %d protocols.", MAX_CHAINS );
    installation->lower[installation->lower_count++] = *entry;
    return 0;
}

/* What a program gets for a protocol now. PFL_HIDDEN has no say in that, and the RAW entries have it. */
static const WSAPROTOCOL_INFOW *find_first( const struct catalog *catalog, int family, int type, int protocol )
{
    int i;

    for (i = 0; i < catalog->count; ++i)
    {
        const WSAPROTOCOL_INFOW *entry = &catalog->entries[i];

        if (entry->ProtocolChain.ChainLen == LAYERED_PROTOCOL) continue;
        if (entry->iAddressFamily == family && entry->iSocketType == type && entry->iProtocol == protocol) return entry;
    }
    return NULL;
}

/* A program puts sockets of all these into one select(), which is one call to one layer, so a layer covers them all. */
static int add_usual( struct installation *installation )
{
    static const struct
    {
        int type;
        int protocol;
    }
    kinds[] = {{SOCK_STREAM, IPPROTO_TCP}, {SOCK_DGRAM, IPPROTO_UDP}, {SOCK_RAW, 0}};
    static const int families[] = {AF_INET, AF_INET6};
    unsigned int i, j;
    int ret;

    for (i = 0; i < 2; ++i)
    {
        for (j = 0; j < 3; ++j)
        {
            const WSAPROTOCOL_INFOW *entry = find_first( &installation->catalogs[0], families[i], kinds[j].type,
                                                         kinds[j].protocol );

            if (entry && (ret = add_lower( installation, entry ))) return ret;
        }
    }
    return installation->lower_count ? 0 : fail( L"the catalog has no TCP, UDP or RAW entry to be layered over." );
}

static int choose_lower( struct installation *installation, const struct options *options )
{
    int i, ret;

    if (!options->over_count) return add_usual( installation );
    for (i = 0; i < options->over_count; ++i)
    {
        const WSAPROTOCOL_INFOW *entry = catalog_find_name( &installation->catalogs[0], options->over[i] );

        if (!entry) return fail( L"the catalog has no '%ls'; 'winelsp catalog' shows the names.", options->over[i] );
        if (entry->ProtocolChain.ChainLen == LAYERED_PROTOCOL)
            return fail( L"'%ls' is a layer, not a protocol; name one of its chains.", options->over[i] );
        if ((ret = add_lower( installation, entry ))) return ret;
    }
    return 0;
}

/* Reads the catalogs again and looks for an entry that was just installed. *ret is that of the first. A Winsock
 * without a catalog says yes to everything and does nothing. */
static int find_installed( struct installation *installation, const GUID *provider, const WSAPROTOCOL_INFOW **ret )
{
    const WSAPROTOCOL_INFOW *entry;
    int i, error;

    *ret = NULL;
    for (i = 0; i < installation->catalog_count; ++i)
    {
        if ((error = catalog_read( &installation->catalogs[i] ))) return error;
        if (!(entry = catalog_find_provider( &installation->catalogs[i], provider )))
            return fail( L"WSCInstallProvider reported success, but nothing is in the catalog: this Wine has no "
                         L"provider catalog; run `winelsp enable` first." );
        if (*ret && entry->dwCatalogEntryId != (*ret)->dwCatalogEntryId)
            return fail( L"the entry has different ids in the catalogs." );
        if (!*ret) *ret = entry;
    }
    return 0;
}

static int install_one( struct installation *installation, GUID *provider, WSAPROTOCOL_INFOW *entry,
                        const WSAPROTOCOL_INFOW **installed )
{
    int ret;

    entry->ProviderId = *provider;
    if (installation->ifs) entry->dwServiceFlags1 |= XP1_IFS_HANDLES;
    else entry->dwServiceFlags1 &= ~XP1_IFS_HANDLES;
    if ((ret = install_entry( provider, installation->path, entry, installation->catalog_count > 1 ))) return ret;
    installation->installed[installation->installed_count++] = *provider;
    return find_installed( installation, provider, installed );
}

/* The layer itself. No socket can come from this entry, so it matches nothing and is not shown to programs. */
static int install_layer( struct installation *installation, GUID *guid, DWORD *id )
{
    WSAPROTOCOL_INFOW entry = installation->lower[0];
    const WSAPROTOCOL_INFOW *installed;
    int ret;

    entry.ProtocolChain.ChainLen = LAYERED_PROTOCOL;
    entry.dwProviderFlags |= PFL_HIDDEN;
    entry.dwProviderFlags &= ~PFL_MATCHES_PROTOCOL_ZERO;
    entry.iSocketType = 0;
    entry.iProtocol = 0;
    wcscpy( entry.szProtocol, LSP_NAME );
    if ((ret = install_one( installation, guid, &entry, &installed ))) return ret;
    *id = installed->dwCatalogEntryId;
    return 0;
}

/* The chain of a base entry is only itself, whatever its array says. */
static int install_chain( struct installation *installation, const WSAPROTOCOL_INFOW *lower, DWORD layer_id )
{
    WSAPROTOCOL_INFOW entry = *lower;
    const WSAPROTOCOL_INFOW *installed;
    GUID guid;
    int i;

    entry.ProtocolChain.ChainLen = lower->ProtocolChain.ChainLen + 1;
    entry.ProtocolChain.ChainEntries[0] = layer_id;
    entry.ProtocolChain.ChainEntries[1] = lower->dwCatalogEntryId;
    for (i = 2; i < entry.ProtocolChain.ChainLen; ++i)
        entry.ProtocolChain.ChainEntries[i] = lower->ProtocolChain.ChainEntries[i - 1];
    _snwprintf( entry.szProtocol, WSAPROTOCOL_LEN, LSP_NAME L" over [%ls]", lower->szProtocol );
    entry.szProtocol[WSAPROTOCOL_LEN] = 0;
    UuidCreate( &guid );    /* Winsock starts a provider once for each GUID, and chains may differ below us */
    return install_one( installation, &guid, &entry, &installed );
}

static BOOL is_new_chain( const struct installation *installation, const WSAPROTOCOL_INFOW *entry )
{
    int i;

    for (i = 1; i < installation->installed_count; ++i)
        if (IsEqualGUID( &entry->ProviderId, &installation->installed[i] )) return TRUE;
    return FALSE;
}

/* The new chains first, in the order in which they were made, and the others as they were. */
static int put_first( struct installation *installation, struct catalog *catalog )
{
    DWORD *ids, count = 0;
    int i, pass, ret;

    if ((ret = catalog_read( catalog ))) return ret;
    if (!(ids = calloc( catalog->count, sizeof(*ids) ))) return fail( L"not enough memory." );
    for (pass = 0; pass < 2; ++pass)
        for (i = 0; i < catalog->count; ++i)
            if (is_new_chain( installation, &catalog->entries[i] ) == !pass)
                ids[count++] = catalog->entries[i].dwCatalogEntryId;

    ret = catalog->write_order( ids, count );
    free( ids );
    if (ret) return fail_call( L"WSCWriteProviderOrder", ret );
    if ((ret = catalog_read( catalog ))) return ret;
    for (i = 0; i < installation->lower_count; ++i)
        if (i >= catalog->count || !is_new_chain( installation, &catalog->entries[i] ))
            return fail( L"WSCWriteProviderOrder reported success, but the %ls catalog is as it was.", catalog->name );
    return 0;
}

/* What stands on something goes before it. */
static void undo( struct installation *installation )
{
    int i, error;

    while (installation->installed_count--)
        for (i = 0; i < installation->catalog_count; ++i)
            installation->catalogs[i].deinstall( &installation->installed[installation->installed_count], &error );
    if (installation->trace_file_set) delete_trace_file();
}

static int check_absent( struct installation *installation, const GUID *guid, int count )
{
    int i, ret;

    for (i = 0; i < count; ++i)
    {
        if ((ret = catalog_read( &installation->catalogs[i] ))) return ret;
        if (catalog_find_provider( &installation->catalogs[i], guid ))
            return fail( L"already installed in the %ls catalog; 'tracelsp remove' first.",
                         installation->catalogs[i].name );
    }
    return 0;
}

static int prepare( struct installation *installation, const struct options *options, GUID *guid )
{
    int ret, count = catalogs_init( installation->catalogs );
    WCHAR file[MAX_PATH];

    installation->ifs = options->ifs;
    installation->catalog_count = count;
    if ((ret = find_dll( installation, file ))) return ret;
    if ((ret = get_guid( file, guid ))) return ret;
    if ((ret = check_absent( installation, guid, count ))) return ret;
    return choose_lower( installation, options );
}

static int change( struct installation *installation, const struct options *options, GUID *guid )
{
    DWORD layer_id;
    int i, ret;

    installation->trace_file_set = TRUE;
    if ((ret = set_trace_file( options->trace_file ))) return ret;
    if ((ret = install_layer( installation, guid, &layer_id ))) return ret;
    for (i = 0; i < installation->lower_count; ++i)
        if ((ret = install_chain( installation, &installation->lower[i], layer_id ))) return ret;
    for (i = 0; i < installation->catalog_count; ++i)
        if ((ret = put_first( installation, &installation->catalogs[i] ))) return ret;
    return 0;
}

int install( const struct options *options )
{
    struct installation *installation = calloc( 1, sizeof(*installation) );
    GUID guid;
    int ret;

    if (!installation) return fail( L"not enough memory." );
    if (!(ret = prepare( installation, options, &guid )) && (ret = change( installation, options, &guid )))
        undo( installation );
    if (!ret)
        wprintf( L"tracelsp: installed as %ls layer over %d protocols, %ls%ls.\n",
                 installation->ifs ? L"IFS" : L"non-IFS", installation->lower_count, installation->catalogs[0].name,
                 installation->catalog_count > 1 ? L" and 32-bit" : L"" );
    catalogs_free( installation->catalogs, MAX_CATALOGS );
    free( installation );
    return ret;
}
