/*
 * Tests that our modules export what Wine's do
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

#include "util.h"

/* The export directory of a loaded module. */
struct exports
{
    const char *base;
    const IMAGE_EXPORT_DIRECTORY *directory;
    const DWORD *functions, *names;
    const WORD *ordinals;
};

static void get_exports( HMODULE module, struct exports *exports )
{
    const char *base = (const char *)module;
    const IMAGE_NT_HEADERS *nt = (const IMAGE_NT_HEADERS *)(base + ((const IMAGE_DOS_HEADER *)base)->e_lfanew);

    exports->base = base;
    exports->directory = (const void *)(base + nt->OptionalHeader.DataDirectory[0].VirtualAddress);
    exports->functions = (const DWORD *)(base + exports->directory->AddressOfFunctions);
    exports->names = (const DWORD *)(base + exports->directory->AddressOfNames);
    exports->ordinals = (const WORD *)(base + exports->directory->AddressOfNameOrdinals);
}

static DWORD find_ordinal( const struct exports *exports, const char *name )
{
    DWORD i;

    for (i = 0; i < exports->directory->NumberOfNames; i++)
        if (!strcmp( exports->base + exports->names[i], name ))
            return exports->directory->Base + exports->ordinals[i];
    return 0;
}

/* The ordinals of ws2_32 that programs import by. Wine numbers its other exports anew when it gets one more. */
static BOOL is_fixed_ordinal( DWORD ordinal )
{
    return ordinal <= 23 || (ordinal >= 51 && ordinal <= 57) || (ordinal >= 101 && ordinal <= 116) ||
           ordinal == 151 || ordinal == 500;
}

static void check_module( HMODULE ours, HMODULE wines )
{
    struct exports our_exports, wine_exports;
    DWORD i, ordinal, expected;
    const char *name;

    ok( ours != wines, "There is only one module.\n" );
    get_exports( ours, &our_exports );
    get_exports( wines, &wine_exports );
    ok( wine_exports.directory->NumberOfNames > 20, "Wine's module exports only %lu names.\n",
        wine_exports.directory->NumberOfNames );

    for (i = 0; i < wine_exports.directory->NumberOfNames; i++)
    {
        name = wine_exports.base + wine_exports.names[i];
        expected = wine_exports.directory->Base + wine_exports.ordinals[i];
        ok( GetProcAddress( ours, name ) != NULL, "%s is not found.\n", name );
        if (!is_fixed_ordinal( expected )) continue;
        ordinal = find_ordinal( &our_exports, name );
        ok( ordinal == expected, "%s has ordinal %lu, in Wine %lu.\n", name, ordinal, expected );
        ok( GetProcAddress( ours, name ) == GetProcAddress( ours, (char *)(ULONG_PTR)expected ),
            "Ordinal %lu is not %s.\n", expected, name );
    }
    for (i = 0; i < wine_exports.directory->NumberOfFunctions; i++)
    {
        if (!wine_exports.functions[i]) continue;
        ordinal = wine_exports.directory->Base + i;
        ok( GetProcAddress( ours, (char *)(ULONG_PTR)ordinal ) != NULL, "Ordinal %lu is not found.\n", ordinal );
    }
}

/* Where Wine's module is: kept in the prefix, or, inside a Wine tree, under another name. */
static HMODULE load_wines( const WCHAR *kept, const WCHAR *in_tree )
{
    WCHAR path[MAX_PATH];
    HMODULE module;

    GetSystemDirectoryW( path, MAX_PATH );
    lstrcatW( path, kept );
    if ((module = LoadLibraryExW( path, NULL, DONT_RESOLVE_DLL_REFERENCES ))) return module;
    return in_tree ? LoadLibraryW( in_tree ) : NULL;
}

static void test_ws2_32(void)
{
    HMODULE wines;

    start_winsock();    /* ours has loaded Wine's then */
    wines = load_wines( L"\\winelsp\\ws2_32.dll", L"ws2base.dll" );
    ok( wines != NULL, "Wine's own Winsock is not there.\n" );
    if (wines) check_module( GetModuleHandleW( L"ws2_32.dll" ), wines );
    /* 10.0 has this one besides what 8.0 has. The ordinals that it gives on purpose, 1 to 151 and 500, are 8.0's;
     * those that follow from the order of its names cannot be both. */
    ok( !!GetProcAddress( GetModuleHandleW( L"ws2_32.dll" ), "WSCGetApplicationCategory" ),
        "WSCGetApplicationCategory is not found.\n" );
    ok( GetModuleHandleW( L"ws2_32.dll" ) != wines, "The name ws2_32 is that of Wine's own module.\n" );
    WSACleanup();
}

static void test_mswsock(void)
{
    HMODULE ours, wines;

    ours = LoadLibraryW( L"mswsock.dll" );  /* first: both have this name */
    ok( ours != NULL, "mswsock.dll cannot be loaded, error %lu.\n", GetLastError() );
    if (!(wines = load_wines( L"\\winelsp\\mswsock.dll", NULL )))
    {
        skip( "Wine's own mswsock is not kept.\n" );
        return;
    }
    check_module( ours, wines );
}

/* What Windows exports beyond that, and LSPs and their installers need. */
static void test_more_names(void)
{
    static const char *const names[] =
    {
        "WPUCompleteOverlappedRequest", "WSAEnumNameSpaceProvidersExA", "WSAEnumNameSpaceProvidersExW",
        "WSCDeinstallProvider", "WSCEnumProtocols", "WSCGetApplicationCategory", "WSCGetProviderInfo",
        "WSCGetProviderPath", "WSCInstallNameSpaceEx", "WSCInstallProvider", "WSCInstallProviderAndChains",
        "WSCSetApplicationCategory", "WSCSetProviderInfo", "WSCUpdateProvider", "WSCWriteProviderOrder",
#ifdef _WIN64
        "WSCDeinstallProvider32", "WSCEnableNSProvider32", "WSCEnumNameSpaceProviders32",
        "WSCEnumNameSpaceProvidersEx32", "WSCInstallNameSpace32", "WSCInstallNameSpaceEx32",
        "WSCUnInstallNameSpace32", "WSCWriteNameSpaceOrder32", "WSCEnumProtocols32", "WSCGetProviderInfo32",
        "WSCGetProviderPath32", "WSCInstallProvider64_32", "WSCInstallProviderAndChains64_32",
        "WSCSetProviderInfo32", "WSCUpdateProvider32", "WSCWriteProviderOrder32",
#endif
    };
    HMODULE module = GetModuleHandleW( L"ws2_32.dll" );
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(names); i++)
        ok( GetProcAddress( module, names[i] ) != NULL, "%s is not found.\n", names[i] );

    module = LoadLibraryW( L"sporder.dll" );
    ok( module != NULL, "sporder.dll cannot be loaded, error %lu.\n", GetLastError() );
    ok( GetProcAddress( module, "WSCWriteProviderOrder" ) != NULL, "WSCWriteProviderOrder is not found.\n" );
    ok( GetProcAddress( module, "WSCWriteNameSpaceOrder" ) != NULL, "WSCWriteNameSpaceOrder is not found.\n" );

    module = LoadLibraryW( L"mswsock.dll" );
    ok( GetProcAddress( module, "WSPStartup" ) != NULL, "WSPStartup is not found.\n" );
}

START_TEST(exports)
{
    test_ws2_32();
    test_more_names();
    test_mswsock();
}
