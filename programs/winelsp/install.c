/*
 * Administration of layered providers: installing a layer
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
#include "examine.h"

#include <rpc.h>

#define MAX_PROTOCOLS 64

struct installation
{
    WCHAR *name;
    WCHAR *dll32;           /* for 32-bit programs; NULL: none was named */
    const WCHAR *over;      /* what the user named; NULL: nothing */
    GUID guid;
    BOOL ifs;
    BOOL both;              /* into both catalogs */
    WCHAR path[MAX_PATH];   /* of the DLL for the programs of this process's kind, as it will be in the catalog */
    WSAPROTOCOL_INFOW protocols[MAX_PROTOCOLS];     /* to be layered over; of each, three fields count */
    unsigned int count;
};

static const struct protocol
{
    const WCHAR *name;
    int family;
    int type;
    int protocol;
}
protocols[] =
{
    {L"tcp4", AF_INET, SOCK_STREAM, IPPROTO_TCP},
    {L"udp4", AF_INET, SOCK_DGRAM, IPPROTO_UDP},
    {L"raw4", AF_INET, SOCK_RAW, 0},
    {L"tcp6", AF_INET6, SOCK_STREAM, IPPROTO_TCP},
    {L"udp6", AF_INET6, SOCK_DGRAM, IPPROTO_UDP},
    {L"raw6", AF_INET6, SOCK_RAW, 0},
};

/* ---- the command line ---- */

static int parse_args( struct installation *installation, int argc, WCHAR **argv )
{
    const WCHAR *dll = NULL;
    int i;

    if (UuidCreate( &installation->guid ) < 0) return error( L"cannot make a GUID" );
    for (i = 0; i < argc; ++i)
    {
        BOOL has_value = i + 1 < argc;

        if (!wcscmp( argv[i], L"--ifs" )) installation->ifs = TRUE;
        else if (!wcscmp( argv[i], L"--non-ifs" )) installation->ifs = FALSE;
        else if (!wcscmp( argv[i], L"--name" ) && has_value) installation->name = argv[++i];
        else if (!wcscmp( argv[i], L"--over" ) && has_value) installation->over = argv[++i];
        else if (!wcscmp( argv[i], L"--dll32" ) && has_value) installation->dll32 = argv[++i];
        else if (!wcscmp( argv[i], L"--guid" ) && has_value)
        {
            if (!parse_guid( argv[++i], &installation->guid ))
                return usage_error( &install_command, L"'%ls' is no GUID", argv[i] );
        }
        else if (argv[i][0] == '-') return unknown_option( &install_command, argv[i] );
        else if (dll) return usage_error( &install_command, L"'%ls' is too much", argv[i] );
        else dll = argv[i];
    }
    if (!dll) return usage_error( &install_command, L"'install' wants a DLL" );
    if (!installation->name) return usage_error( &install_command, L"'install' wants a --name for the layer" );
    if (!*installation->name || wcslen( installation->name ) > WSAPROTOCOL_LEN)
        return usage_error( &install_command, L"a name has 1 to %u characters", WSAPROTOCOL_LEN );
    if (wcslen( dll ) >= MAX_PATH) return error( L"the path '%ls' has more than %u characters", dll, MAX_PATH - 1 );
    wcscpy( installation->path, dll );
    return STATUS_OK;
}

/* ---- the DLLs ---- */

/* Makes the path one that is right in any folder. */
static int complete_path( WCHAR path[MAX_PATH] )
{
    WCHAR full[MAX_PATH];
    DWORD len;

    if (*path == '/')
        return error( L"'%ls' is a Unix path; 'winepath -w %ls' prints the Windows path to use", path, path );
    if (*path == '%') return STATUS_OK;
    len = GetFullPathNameW( path, MAX_PATH, full, NULL );
    if (!len || len >= MAX_PATH) return error( L"the path '%ls' is too long", path );
    wcscpy( path, full );
    return STATUS_OK;
}

static int check_dll( const WCHAR *path, enum catalog_store store )
{
    const WCHAR *problem = dll_problem( path, store, PROVIDER_EXPORT );

    return problem ? error( L"the DLL '%ls' %ls", path, problem ) : STATUS_OK;
}

/* With a second DLL, or when there is one for 32-bit programs in their system folder, the layer goes into both
 * catalogs, else only into that of this process's kind. */
static int find_dlls( struct installation *installation )
{
    static WCHAR path32[MAX_PATH];
    int ret;

    if ((ret = complete_path( installation->path ))) return ret;
    if ((ret = check_dll( installation->path, sizeof(void *) == 8 ? STORE_64 : STORE_32 ))) return ret;
    if (sizeof(void *) == 4)
    {
        if (installation->dll32) return usage_error( &install_command, L"--dll32 is for the 64-bit winelsp" );
        return STATUS_OK;
    }
    if (installation->dll32)
    {
        if (wcslen( installation->dll32 ) >= MAX_PATH)
            return error( L"the path '%ls' has more than %u characters", installation->dll32, MAX_PATH - 1 );
        installation->dll32 = wcscpy( path32, installation->dll32 );
        if ((ret = complete_path( path32 )) || (ret = check_dll( path32, STORE_32 ))) return ret;
    }
    installation->both = installation->dll32 || has_dll_for_32( installation->path );
    return STATUS_OK;
}

/* ---- the protocols ---- */

static const struct entry *find_protocol( const struct public_catalog *catalog, int family, int type, int protocol )
{
    unsigned int i;

    for (i = 0; i < catalog->count; ++i)
    {
        const WSAPROTOCOL_INFOW *info = &catalog->entries[i].info;

        if (info->ProtocolChain.ChainLen != LAYERED_PROTOCOL && info->iAddressFamily == family &&
            info->iSocketType == type && info->iProtocol == protocol)
            return &catalog->entries[i];
    }
    return NULL;
}

/* FALSE if one of the catalogs has no such protocol, or there are too many. Chains of other layers come for one again
 * and again. */
static BOOL add_protocol( struct installation *installation, int family, int type, int protocol )
{
    WSAPROTOCOL_INFOW *info = installation->protocols;
    unsigned int i;

    for (i = 0; i < (installation->both ? CATALOG_COUNT : 1); ++i)
        if (!find_protocol( &catalogs[i], family, type, protocol )) return FALSE;
    for (i = 0; i < installation->count; ++i, ++info)
        if (info->iAddressFamily == family && info->iSocketType == type && info->iProtocol == protocol) return TRUE;
    if (installation->count == MAX_PROTOCOLS) return FALSE;
    info->iAddressFamily = family;
    info->iSocketType = type;
    info->iProtocol = protocol;
    ++installation->count;
    return TRUE;
}

static void add_all_protocols( struct installation *installation )
{
    unsigned int i;

    for (i = 0; i < catalogs[0].count; ++i)
    {
        const WSAPROTOCOL_INFOW *info = &catalogs[0].entries[i].info;

        if (info->ProtocolChain.ChainLen != LAYERED_PROTOCOL)
            add_protocol( installation, info->iAddressFamily, info->iSocketType, info->iProtocol );
    }
}

static int add_named_protocol( struct installation *installation, const WCHAR *name, unsigned int len )
{
    unsigned int i;

    for (i = 0; i < ARRAYSIZE(protocols); ++i)
    {
        if (wcslen( protocols[i].name ) != len || _wcsnicmp( protocols[i].name, name, len )) continue;
        if (add_protocol( installation, protocols[i].family, protocols[i].type, protocols[i].protocol ))
            return STATUS_OK;
        return error( L"a catalog has no entry for %ls, see 'winelsp catalog'", protocols[i].name );
    }
    return usage_error( &install_command, L"'%.*ls' is no protocol", len, name );
}

/* Without a list, a layer covers all of IP: a program may put sockets of all kinds into one select(), which is a call
 * to one layer. */
static int choose_protocols( struct installation *installation )
{
    const WCHAR *list = installation->over;
    unsigned int i, len;
    int ret = STATUS_OK;

    if (list && !wcscmp( list, L"all" )) add_all_protocols( installation );
    else if (!list)
    {
        for (i = 0; i < ARRAYSIZE(protocols); ++i)
            add_protocol( installation, protocols[i].family, protocols[i].type, protocols[i].protocol );
    }
    else
    {
        for (;; list += len + 1)
        {
            len = wcscspn( list, L"," );
            if ((ret = add_named_protocol( installation, list, len )) || !list[len]) break;
        }
    }
    if (ret || installation->count) return ret;
    return error( L"the catalogs have nothing in common to be layered over, see 'winelsp check'" );
}

/* ---- installing ---- */

static int check_new( const struct installation *installation )
{
    WCHAR guid[GUID_CHARS];
    unsigned int i, j;

    for (i = 0; i < CATALOG_COUNT; ++i)
    {
        for (j = 0; j < catalogs[i].count; ++j)
        {
            const struct entry *entry = &catalogs[i].entries[j];

            if (_wcsicmp( entry->info.szProtocol, installation->name ) &&
                !IsEqualGUID( &entry->info.ProviderId, &installation->guid ))
                continue;
            return error( L"'%ls', %ls, is in the catalog of %ls programs already; 'winelsp remove' removes it",
                          entry->info.szProtocol, guid_string( &entry->info.ProviderId, guid ), catalogs[i].name );
        }
    }
    return STATUS_OK;
}

static const WCHAR *describe_install_error( int code )
{
    switch (code)
    {
    case WSAEINVAL:           return L"the catalog cannot hold the path or the name";
    case WSAEINPROGRESS:      return L"another installation is running; try again when it is done";
    case WSAEINVALIDPROCTABLE: return L"the DLL is no provider";
    case WSANO_RECOVERY:      return L"a chain would have more than 7 elements, or the registry cannot be used, which "
                                     L"needs the rights of an administrator";
    default:                  return describe_error( code );
    }
}

static int install_layer( struct installation *installation, DWORD *id )
{
    DWORD flags = installation->ifs ? XP1_IFS_HANDLES : 0;
    int ret, code = 0;

#ifdef _WIN64
    if (installation->both)
        ret = WSCInstallProviderAndChains64_32( &installation->guid, installation->path, installation->dll32,
                                                installation->name, flags, installation->protocols,
                                                installation->count, id, &code );
    else
#endif
        ret = WSCInstallProviderAndChains( &installation->guid, installation->path, installation->name, flags,
                                           installation->protocols, installation->count, id, &code );
    if (!ret) return STATUS_OK;
    return error( L"cannot install '%ls': %ls (%d)", installation->name, describe_install_error( code ), code );
}

static void show_installed( const struct installation *installation, DWORD id )
{
    WCHAR guid[GUID_CHARS];
    unsigned int i, j;

    for (i = 0; i < (installation->both ? CATALOG_COUNT : 1); ++i)
    {
        print( L"Installed in the catalog of %ls programs:\n", catalogs[i].name );
        for (j = 0; j < catalogs[i].count; ++j)
        {
            const struct entry *entry = &catalogs[i].entries[j];

            if (IsEqualGUID( &entry->info.ProviderId, &installation->guid ) ||
                (entry->info.ProtocolChain.ChainLen > BASE_PROTOCOL && entry->info.ProtocolChain.ChainEntries[0] == id))
                show_entry( &catalogs[i], entry );
        }
    }
    print( L"To remove it: winelsp remove %ls\n", guid_string( &installation->guid, guid ) );
}

static int run( int argc, WCHAR **argv )
{
    struct installation *installation = allocate( NULL, sizeof(*installation) );
    DWORD id = 0;
    int ret;

    memset( installation, 0, sizeof(*installation) );
    if (!(ret = parse_args( installation, argc, argv )) && !(ret = read_catalogs() ? STATUS_OK : STATUS_FAILED) &&
        !(ret = find_dlls( installation )) && !(ret = check_new( installation )) &&
        !(ret = choose_protocols( installation )) && !(ret = install_layer( installation, &id )))
    {
        if (read_catalogs()) show_installed( installation, id );
        else ret = STATUS_FAILED;
    }
    free( installation );
    return ret;
}

const struct command install_command =
{
    L"install", L"install a layered provider that has no installer",
    L"Usage: winelsp install --name NAME [--ifs|--non-ifs] [--over LIST] [--guid GUID]\n"
    L"                       [--dll32 DLL32] DLL\n"
    L"\n"
    L"Puts a layered provider (LSP) over the protocols, above all layers that are\n"
    L"there. The DLL is named by its Windows path; it stays where it is. Use the\n"
    L"provider's own installer if there is one: it may have more to do.\n"
    L"\n"
    L"  --name     what 'winelsp catalog' shows\n"
    L"  --ifs      the provider hands out the socket handles of the base provider\n"
    L"  --non-ifs  it makes its own, with WPUCreateSocketHandle (the default)\n"
    L"  --over     a list of tcp4, udp4, raw4, tcp6, udp6, raw6, with commas\n"
    L"             between, or all; without it, these six\n"
    L"  --guid     the provider's GUID, if its DLL looks for it in the catalog;\n"
    L"             without it, a new one\n"
    L"  --dll32    the DLL for 32-bit programs. If DLL is in system32, one of the\n"
    L"             same name in syswow64 is taken without being named. Without\n"
    L"             any, the layer is for 64-bit programs only. The 32-bit winelsp,\n"
    L"             in syswow64, installs one for 32-bit programs only.\n",
    run
};
