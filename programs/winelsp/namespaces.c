/*
 * Administration of layered providers: name-space providers
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

#define INDENT 12

/* One of the catalogs. The strings lie behind the structures. */
struct namespaces
{
    int count;
    WSANAMESPACE_INFOW *infos;
};

static void report_error( unsigned int index, const WCHAR *what )
{
    DWORD code = WSAGetLastError();

    error( L"cannot %ls the name space catalog of %ls programs: %ls", what, catalogs[index].name,
           describe_system_error( code ) );
}

/* Another program may add providers between the question for the size and the next. FALSE after an error message. */
static BOOL read_namespaces( unsigned int index, struct namespaces *namespaces )
{
    INT (WSPAPI *enum_providers)( DWORD *size, WSANAMESPACE_INFOW *infos ) = WSAEnumNameSpaceProvidersW;
    DWORD size = 0;

    memset( namespaces, 0, sizeof(*namespaces) );
    if (index && !(enum_providers = get_function( index, "WSCEnumNameSpaceProviders" ))) return FALSE;
    while ((namespaces->count = enum_providers( &size, namespaces->infos )) == SOCKET_ERROR &&
           WSAGetLastError() == WSAEFAULT)
        namespaces->infos = allocate( namespaces->infos, size );
    if (namespaces->count != SOCKET_ERROR) return TRUE;
    report_error( index, L"read" );
    free( namespaces->infos );
    return FALSE;
}

static const WCHAR *namespace_name( DWORD name_space )
{
    switch (name_space)
    {
    case NS_NTDS:         return L"NTDS";
    case NS_DNS:          return L"DNS";
    case NS_NETBT:        return L"NetBT";
    case NS_NLA:          return L"NLA";
    case NS_BTH:          return L"Bluetooth";
    case 37 /* NS_EMAIL */: return L"e-mail";
    default:              return L"other";
    }
}

static int list_catalog( unsigned int index )
{
    struct namespaces namespaces;
    WCHAR label[32], text[600], guid[GUID_CHARS];
    int i;

    if (!read_namespaces( index, &namespaces )) return STATUS_FAILED;
    print( L"%lsName spaces of %ls programs: %d providers\n\n", index ? L"\n" : L"", catalogs[index].name,
           namespaces.count );
    for (i = 0; i < namespaces.count; ++i)
    {
        const WSANAMESPACE_INFOW *info = &namespaces.infos[i];

        swprintf( label, ARRAYSIZE(label), L"  %ls", info->fActive ? L"enabled" : L"disabled" );
        print_wrapped( label, INDENT, info->lpszIdentifier );
        swprintf( text, ARRAYSIZE(text), L"name space %lu (%ls), version %lu", info->dwNameSpace,
                  namespace_name( info->dwNameSpace ), info->dwVersion );
        print_wrapped( L"", INDENT, text );
        print_wrapped( L"", INDENT, guid_string( &info->NSProviderId, guid ) );
    }
    free( namespaces.infos );
    return STATUS_OK;
}

static BOOL is_named( const struct target *target, const WSANAMESPACE_INFOW *info )
{
    if (target->is_guid) return IsEqualGUID( &info->NSProviderId, &target->guid );
    return !_wcsicmp( info->lpszIdentifier, target->text );
}

/* Enables or disables the one provider with the name. *found counts. */
static int enable_in_catalog( unsigned int index, const struct target *target, BOOL enable, unsigned int *found )
{
    INT (WSPAPI *enable_provider)( GUID *provider, BOOL enable );
    struct namespaces namespaces;
    const WSANAMESPACE_INFOW *info = NULL;
    int i, ret = STATUS_OK;

    if (!(enable_provider = get_function( index, "WSCEnableNSProvider" ))) return STATUS_FAILED;
    if (!read_namespaces( index, &namespaces )) return STATUS_FAILED;
    for (i = 0; !ret && i < namespaces.count; ++i)
    {
        if (!is_named( target, &namespaces.infos[i] )) continue;
        if (info) ret = error( L"there are several providers named '%ls'; name one by its GUID", target->text );
        info = &namespaces.infos[i];
    }
    if (!ret && info)
    {
        GUID guid = info->NSProviderId;

        ++*found;
        if (!enable_provider( &guid, enable ))
            print( L"%ls for %ls programs: %ls\n", enable ? L"Enabled" : L"Disabled", catalogs[index].name,
                   info->lpszIdentifier );
        else
        {
            report_error( index, L"change" );
            ret = STATUS_FAILED;
        }
    }
    free( namespaces.infos );
    return ret;
}

static int enable_provider( const WCHAR *text, BOOL enable )
{
    unsigned int i, found = 0;
    struct target target;
    int ret = STATUS_OK;

    parse_target( text, &target );
    for (i = 0; !ret && i < CATALOG_COUNT; ++i) ret = enable_in_catalog( i, &target, enable, &found );
    if (ret || found) return ret;
    return error( L"no name space provider has the %ls '%ls', see 'winelsp namespaces'",
                  target.is_guid ? L"GUID" : L"name", text );
}

static int run( int argc, WCHAR **argv )
{
    const WCHAR *action = argc ? argv[0] : L"list";
    int ret = STATUS_OK;
    unsigned int i;
    WSADATA data;

    if (*action == '-') return unknown_option( &namespaces_command, action );
    if (wcscmp( action, L"list" ) && wcscmp( action, L"enable" ) && wcscmp( action, L"disable" ))
        return usage_error( &namespaces_command, L"'namespaces' cannot '%ls'", action );
    if (!wcscmp( action, L"list" ) && argc > 1)
        return usage_error( &namespaces_command, L"'%ls' is too much", argv[1] );
    if (wcscmp( action, L"list" ) && argc != 2)
        return usage_error( &namespaces_command, L"'%ls' wants one GUID or name", action );

    if ((ret = WSAStartup( MAKEWORD( 2, 2 ), &data )))
        return error( L"Winsock does not start: %ls", describe_system_error( ret ) );
    if (argc == 2) ret = enable_provider( argv[1], !wcscmp( action, L"enable" ) );
    else for (i = 0; !ret && i < CATALOG_COUNT; ++i) ret = list_catalog( i );
    WSACleanup();
    return ret;
}

const struct command namespaces_command =
{
    L"namespaces", L"show, enable and disable name space providers",
    L"Usage: winelsp namespaces [list]\n"
    L"       winelsp namespaces enable GUID|NAME\n"
    L"       winelsp namespaces disable GUID|NAME\n"
    L"\n"
    L"Shows the name space providers of the catalogs, or says whether one is to be\n"
    L"used. Wine looks names up itself and asks none of them; they are there for\n"
    L"programs that install, list or look for one.\n",
    run
};
