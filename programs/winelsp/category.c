/*
 * Administration of layered providers: categories
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
#include "state.h"

#define INDENT 12

static const struct
{
    const WCHAR *name;
    DWORD bit;
}
categories[] =
{
    {L"system", LSP_SYSTEM},
    {L"inspector", LSP_INSPECTOR},
    {L"redirector", LSP_REDIRECTOR},
    {L"proxy", LSP_PROXY},
    {L"firewall", LSP_FIREWALL},
    {L"inbound-modify", LSP_INBOUND_MODIFY},
    {L"outbound-modify", LSP_OUTBOUND_MODIFY},
    {L"crypto-compress", LSP_CRYPTO_COMPRESS},
    {L"local-cache", LSP_LOCAL_CACHE},
};

#define TEXT_CHARS 200

/* The names of the bits; "none" for 0. */
static const WCHAR *format_categories( DWORD bits, WCHAR text[TEXT_CHARS] )
{
    unsigned int i, len = 0;

    for (i = 0; i < ARRAYSIZE(categories); ++i)
    {
        if (!(bits & categories[i].bit)) continue;
        len += swprintf( text + len, TEXT_CHARS - len, L"%ls%ls", len ? L" " : L"", categories[i].name );
        bits &= ~categories[i].bit;
    }
    if (bits) len += swprintf( text + len, TEXT_CHARS - len, L"%ls%#lx", len ? L" " : L"", bits );
    if (!len) wcscpy( text, L"none" );
    return text;
}

/* Adds up the categories that are named. Returns an exit status. */
static int parse_categories( int argc, WCHAR **argv, DWORD *bits )
{
    unsigned int j;
    int i;

    *bits = 0;
    for (i = 0; i < argc; ++i)
    {
        for (j = 0; j < ARRAYSIZE(categories); ++j) if (!_wcsicmp( argv[i], categories[j].name )) break;
        if (j < ARRAYSIZE(categories)) *bits |= categories[j].bit;
        else if (argc > 1 || _wcsicmp( argv[i], L"none" ))
            return usage_error( &category_command, L"'%ls' is no category", argv[i] );
    }
    return STATUS_OK;
}

/* ---- layers ---- */

/* FALSE after an error message. */
static BOOL get_category( unsigned int index, const GUID *provider, DWORD *bits )
{
    int (WSPAPI *get_info)( GUID *provider, WSC_PROVIDER_INFO_TYPE type, BYTE *info, size_t *size, DWORD flags,
                            int *error );
    size_t size = sizeof(*bits);
    WCHAR buffer[GUID_CHARS];
    GUID guid = *provider;
    int code = 0;

    if (!(get_info = get_function( index, "WSCGetProviderInfo" ))) return FALSE;
    if (!get_info( &guid, ProviderInfoLspCategories, (BYTE *)bits, &size, 0, &code )) return TRUE;
    error( L"cannot read the category of %ls in the catalog of %ls programs: %ls (%d)",
           guid_string( provider, buffer ), catalogs[index].name, describe_error( code ), code );
    return FALSE;
}

static BOOL set_category( unsigned int index, const GUID *provider, DWORD bits )
{
    int (WSPAPI *set_info)( GUID *provider, WSC_PROVIDER_INFO_TYPE type, BYTE *info, size_t size, DWORD flags,
                            int *error );
    WCHAR buffer[GUID_CHARS];
    GUID guid = *provider;
    int code = 0;

    if (!(set_info = get_function( index, "WSCSetProviderInfo" ))) return FALSE;
    if (!set_info( &guid, ProviderInfoLspCategories, (BYTE *)&bits, sizeof(bits), 0, &code )) return TRUE;
    error( L"cannot set the category of %ls in the catalog of %ls programs: %ls (%d)",
           guid_string( provider, buffer ), catalogs[index].name, describe_error( code ), code );
    return FALSE;
}

/* Shows the layers of a catalog, or only those of a provider. */
static BOOL show_layers( unsigned int index, const GUID *provider )
{
    const struct public_catalog *catalog = &catalogs[index];
    WCHAR text[TEXT_CHARS], guid[GUID_CHARS];
    BOOL printed = FALSE;
    unsigned int i;
    DWORD bits;

    for (i = 0; i < catalog->count; ++i)
    {
        const WSAPROTOCOL_INFOW *info = &catalog->entries[i].info;

        if (info->ProtocolChain.ChainLen != LAYERED_PROTOCOL) continue;
        if (provider && !IsEqualGUID( provider, &info->ProviderId )) continue;
        if (!get_category( index, &info->ProviderId, &bits )) return FALSE;
        if (!printed) print( L"Layers of %ls programs:\n", catalog->name );
        printed = TRUE;
        print_wrapped( L"", 2, info->szProtocol );
        print_wrapped( L"", INDENT, guid_string( &info->ProviderId, guid ) );
        print_wrapped( L"", INDENT, format_categories( bits, text ) );
    }
    if (!printed && !provider) print( L"Layers of %ls programs: none\n", catalog->name );
    return TRUE;
}

static BOOL has_layer( const struct public_catalog *catalog, const GUID *provider )
{
    unsigned int i;

    for (i = 0; i < catalog->count; ++i)
    {
        const WSAPROTOCOL_INFOW *info = &catalog->entries[i].info;

        if (info->ProtocolChain.ChainLen == LAYERED_PROTOCOL && IsEqualGUID( provider, &info->ProviderId )) return TRUE;
    }
    return FALSE;
}

/* Shows the categories of a layer, after setting them if some are named. */
static int handle_layer( const WCHAR *text, int argc, WCHAR **argv )
{
    const struct entry *layer;
    struct target target;
    unsigned int i;
    DWORD bits;
    GUID guid;
    int ret;

    if ((ret = parse_categories( argc, argv, &bits ))) return ret;
    parse_target( text, &target );
    if (!find_layer( &target, &layer )) return STATUS_FAILED;
    if (!layer)
        return error( L"no layered provider has the %ls '%ls', see 'winelsp catalog'",
                      target.is_guid ? L"GUID" : L"name", text );

    guid = layer->info.ProviderId;
    for (i = 0; i < CATALOG_COUNT; ++i)
    {
        if (!has_layer( &catalogs[i], &guid )) continue;
        if (argc && !set_category( i, &guid, bits )) return STATUS_FAILED;
        if (!show_layers( i, &guid )) return STATUS_FAILED;
    }
    return STATUS_OK;
}

/* ---- applications ---- */

/* The functions of Winsock tell of an application by its name only: the list is in the registry (§14.3). */
static BOOL show_applications(void)
{
    struct reg_key tree = {0};
    WCHAR text[TEXT_CHARS];
    LSTATUS status;
    unsigned int i;
    HKEY key;

    status = RegOpenKeyExW( HKEY_LOCAL_MACHINE, PARAMETERS_KEY L"\\AppId_Catalog", 0, KEY_READ, &key );
    if (!status)
    {
        status = reg_tree_read( key, &tree );
        RegCloseKey( key );
    }
    if (status && status != ERROR_FILE_NOT_FOUND)
    {
        error( L"cannot read the applications' categories: %ls", describe_system_error( status ) );
        reg_tree_clear( &tree );
        return FALSE;
    }

    print( L"\nApplications that permit only some categories:%ls\n", tree.key_count ? L"" : L" none" );
    for (i = 0; i < tree.key_count; ++i)
    {
        WCHAR *path = reg_tree_get_string( &tree.keys[i], L"AppFullPath" );
        WCHAR *args = reg_tree_get_string( &tree.keys[i], L"AppArgs" );

        print_wrapped( L"", 2, *path ? path : L"(no AppFullPath)" );
        if (*args) print_wrapped( L"", INDENT, args );
        print_wrapped( L"", INDENT,
                       format_categories( reg_tree_get_dword( &tree.keys[i], L"PermittedLspCategories" ), text ) );
        free( path );
        free( args );
    }
    reg_tree_clear( &tree );
    return TRUE;
}

/* Shows what an application permits, after setting it if some categories are named. */
static int handle_application( const WCHAR *path, const WCHAR *args, int argc, WCHAR **argv )
{
    int (WSPAPI *get)( const WCHAR *path, DWORD len, const WCHAR *args, DWORD args_len, DWORD *bits, int *error );
    int (WSPAPI *set)( const WCHAR *path, DWORD len, const WCHAR *args, DWORD args_len, DWORD bits, DWORD *old,
                       int *error );
    DWORD len = wcslen( path ), args_len = args ? wcslen( args ) : 0, bits, old;
    WCHAR text[TEXT_CHARS];
    int ret, code = 0;

    if ((ret = parse_categories( argc, argv, &bits ))) return ret;
    if (*path == '/')
        return error( L"'%ls' is a Unix path; 'winepath -w %ls' prints the Windows path to use", path, path );
    if (!(get = get_function( 0, "WSCGetApplicationCategory" ))) return STATUS_FAILED;
    if (!(set = get_function( 0, "WSCSetApplicationCategory" ))) return STATUS_FAILED;
    if (argc && set( path, len, args, args_len, bits, &old, &code ))
        return error( L"cannot set what '%ls' permits: %ls (%d)", path, describe_error( code ), code );
    if (get( path, len, args, args_len, &bits, &code ))
    {
        if (code == WSASERVICE_NOT_FOUND) wcscpy( text, L"all layers" );
        else return error( L"cannot read what '%ls' permits: %ls (%d)", path, describe_error( code ), code );
    }
    else format_categories( bits, text );
    print_wrapped( L"", 0, path );
    print_wrapped( L"", INDENT, text );
    return STATUS_OK;
}

static int show_all(void)
{
    unsigned int i;

    for (i = 0; i < CATALOG_COUNT; ++i) if (!show_layers( i, NULL )) return STATUS_FAILED;
    return show_applications() ? STATUS_OK : STATUS_FAILED;
}

static int run( int argc, WCHAR **argv )
{
    const WCHAR *args = NULL;
    BOOL app = argc && !wcscmp( argv[0], L"--app" );
    int used = app ? 2 : 1;

    if (argc < used && argc) return usage_error( &category_command, L"--app wants the path of a program" );
    if (argc && !app && argv[0][0] == '-') return unknown_option( &category_command, argv[0] );
    if (app && argc > used && !wcscmp( argv[used], L"--args" ))
    {
        if (argc == used + 1) return usage_error( &category_command, L"--args wants the arguments of a program" );
        args = argv[used + 1];
        used += 2;
    }
    if (!read_catalogs()) return STATUS_FAILED;
    if (!argc) return show_all();
    if (app) return handle_application( argv[1], args, argc - used, argv + used );
    return handle_layer( argv[0], argc - used, argv + used );
}

const struct command category_command =
{
    L"category", L"show and set what layers do, and applications permit",
    L"Usage: winelsp category\n"
    L"       winelsp category GUID|NAME [CATEGORY...]\n"
    L"       winelsp category --app PATH [--args ARGUMENTS] [CATEGORY...]\n"
    L"\n"
    L"Shows the categories of all layers, and of applications; or shows and sets\n"
    L"those of a layer (what it does), or of an application (what it permits): a\n"
    L"program by its Windows path, or one that is started with certain arguments.\n"
    L"CATEGORY is 'none', or one or more of:\n"
    L"\n"
    L"  system  inspector  redirector  proxy  firewall  inbound-modify\n"
    L"  outbound-modify  crypto-compress  local-cache\n"
    L"\n"
    L"An application without categories loads every layer. Another loads a layer that\n"
    L"has categories, and all of them permitted; if it permits 'system', the layer has\n"
    L"to have that. What an application permits can be added to; 'winelsp export' and\n"
    L"'import' can take it away.\n",
    run
};
