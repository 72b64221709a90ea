/*
 * Unit tests for the transport catalog: the DLL that a layer is installed with
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

#include "catalog_util.h"
#include "util.h"

static WCHAR lsp_name[] = L"Winetest";

static int install_dll( WCHAR *path )
{
    int ret, error = 0xdead;

    ret = WSCInstallProviderAndChains( &lsp_guid, path, lsp_name, 0, NULL, 0, NULL, &error );
    ok( !ret || ret == SOCKET_ERROR, "Got %d.\n", ret );
    return ret ? error : 0;
}

#define check_install( path, expected ) check_install_( __LINE__, path, expected )
static void check_install_( int line, WCHAR *path, int expected )
{
    int error = install_dll( path );

    ok_(__FILE__, line)( error == expected, "Got error %d instead of %d.\n", error, expected );
    if (!error) reset_catalog();
}

/* --- a DLL that can be changed --- */

struct dll
{
    BYTE *data;
    DWORD size;
    IMAGE_DOS_HEADER *dos;
    IMAGE_NT_HEADERS *nt;
    IMAGE_SECTION_HEADER *section;      /* that has the exports */
    IMAGE_EXPORT_DIRECTORY *exports;
};

static WCHAR temp_path[MAX_PATH];   /* where it is written to */

static void load_dll( struct dll *dll )
{
    WCHAR path[MAX_PATH];
    unsigned int i;
    DWORD exports;
    HANDLE file;
    BOOL ret;

    get_test_path( L"testlsp.dll", path );
    file = CreateFileW( path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL );
    ok( file != INVALID_HANDLE_VALUE, "Cannot open %ls, error %lu.\n", path, GetLastError() );
    dll->size = GetFileSize( file, NULL );
    dll->data = malloc( dll->size );
    ret = ReadFile( file, dll->data, dll->size, &dll->size, NULL );
    ok( ret, "Cannot read %ls, error %lu.\n", path, GetLastError() );
    CloseHandle( file );

    dll->dos = (IMAGE_DOS_HEADER *)dll->data;
    dll->nt = (IMAGE_NT_HEADERS *)(dll->data + dll->dos->e_lfanew);
    dll->section = IMAGE_FIRST_SECTION( dll->nt );
    exports = dll->nt->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_EXPORT].VirtualAddress;
    for (i = 0; i < dll->nt->FileHeader.NumberOfSections; ++i, ++dll->section)
    {
        DWORD offset = exports - dll->section->VirtualAddress;

        if (exports < dll->section->VirtualAddress || offset >= dll->section->SizeOfRawData) continue;
        dll->exports = (IMAGE_EXPORT_DIRECTORY *)(dll->data + dll->section->PointerToRawData + offset);
        return;
    }
    ok( 0, "testlsp.dll exports nothing.\n" );
}

static void write_file( const WCHAR *path, const void *data, DWORD size )
{
    DWORD written;
    HANDLE file;
    BOOL ret;

    file = CreateFileW( path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL );
    ok( file != INVALID_HANDLE_VALUE, "Cannot create %ls, error %lu.\n", path, GetLastError() );
    ret = WriteFile( file, data, size, &written, NULL );
    ok( ret && written == size, "Cannot write %ls, error %lu.\n", path, GetLastError() );
    CloseHandle( file );
}

static void delete_file( const WCHAR *path )
{
    ok( DeleteFileW( path ), "Cannot delete %ls, error %lu.\n", path, GetLastError() );
}

#define check_dll( dll, expected ) check_dll_( __LINE__, dll, expected )
static void check_dll_( int line, const struct dll *dll, int expected )
{
    write_file( temp_path, dll->data, dll->size );
    check_install_( line, temp_path, expected );
    delete_file( temp_path );
}

/* With a field changed it is no longer a DLL of a provider. */
#define check_field( field, value ) \
    do \
    { \
        struct dll dll; \
        load_dll( &dll ); \
        dll.field = value; \
        check_dll( &dll, WSAEINVALIDPROCTABLE ); \
        free( dll.data ); \
    } while (0)

#define EXPORTS nt->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_EXPORT].VirtualAddress

static void test_headers(void)
{
    struct dll dll;

    reset_catalog();
    load_dll( &dll );
    check_dll( &dll, 0 );
    ok( !GetModuleHandleW( temp_path ), "The DLL was loaded.\n" );
    free( dll.data );

    check_field( dos->e_magic, 0 );
    check_field( dos->e_lfanew, 0x7ffffff0 );
    check_field( dos->e_lfanew, -4 );
    check_field( nt->Signature, 0 );
    check_field( nt->FileHeader.Machine, sizeof(void *) == 8 ? IMAGE_FILE_MACHINE_I386 : IMAGE_FILE_MACHINE_AMD64 );
    check_field( nt->FileHeader.NumberOfSections, 0 );
    check_field( nt->FileHeader.NumberOfSections, 0xffff );
    check_field( nt->FileHeader.SizeOfOptionalHeader, 0xffff );
    check_field( nt->OptionalHeader.Magic, 0 );
    check_field( EXPORTS, 0 );
    check_field( EXPORTS, 0xfffffff0 );
    check_field( exports->NumberOfNames, 0 );
    check_field( exports->NumberOfNames, 0xffffffff );
    check_field( exports->AddressOfNames, 0 );
    check_field( exports->AddressOfNames, 0xfffffffc );
    check_field( section->VirtualAddress, 0xfffffff0 );
    check_field( section->PointerToRawData, 0xfffffff0 );
    check_field( section->SizeOfRawData, 0 );
}

static void test_exports(void)
{
    WCHAR other[] = L"%SystemRoot%\\system32\\sporder.dll";
    struct dll dll;
    DWORD i;

    reset_catalog();
    load_dll( &dll );
    for (i = 0; i < dll.size - 10; ++i)
        if (!memcmp( dll.data + i, "WSPStartup", 11 )) dll.data[i + 9] = 'q';
    check_dll( &dll, WSAEINVALIDPROCTABLE );
    free( dll.data );
    check_install( other, WSAEINVALIDPROCTABLE );
}

/* A file that ends too early: nothing behind its end is looked at, and more of it is never worse than less. */
static void test_truncated(void)
{
    BOOL accepted = FALSE;
    DWORD size, full;
    struct dll dll;
    int error;

    reset_catalog();
    load_dll( &dll );
    full = dll.size;
    for (size = 0;; size = min( full, size + (size < 0x500 ? 9 : 20000) ))
    {
        winetest_push_context( "%lu of %lu bytes", size, full );
        write_file( temp_path, dll.data, size );
        if (!(error = install_dll( temp_path )))
        {
            ok( size >= dll.nt->OptionalHeader.SizeOfHeaders, "Half of the headers are enough.\n" );
            accepted = TRUE;
            reset_catalog();
        }
        else ok( error == WSAEINVALIDPROCTABLE && !accepted, "Got error %d.\n", error );
        winetest_pop_context();
        if (size == full) break;
    }
    ok( accepted, "The whole file was refused.\n" );
    delete_file( temp_path );
    free( dll.data );
}

/* What cannot be judged passes, and the path is stored as it was given. */
static void test_paths(void)
{
    WCHAR variable[] = L"%WINETEST_FOLDER%\\winetestlsp.dll", unset[] = L"%WINETEST_NOTHING%\\winetestlsp.dll";
    WCHAR name_only[] = L"sporder.dll", folder[MAX_PATH], path[MAX_PATH];
    int ret, error, len = ARRAY_SIZE(path);

    reset_catalog();
    check_install( unset, 0 );
    check_install( name_only, 0 );

    GetTempPathW( ARRAY_SIZE(folder), folder );
    check_install( folder, 0 );
    folder[wcslen( folder ) - 1] = 0;
    SetEnvironmentVariableW( L"WINETEST_FOLDER", folder );
    DeleteFileW( temp_path );
    ok( !install_dll( variable ), "A file that is not there was refused.\n" );
    ret = WSCGetProviderPath( &lsp_guid, path, &len, &error );
    ok( !ret && !wcscmp( path, variable ), "Got %d, path %ls.\n", ret, path );
    reset_catalog();

    write_file( temp_path, "MZ", 2 );
    check_install( variable, WSAEINVALIDPROCTABLE );
    delete_file( temp_path );
    SetEnvironmentVariableW( L"WINETEST_FOLDER", NULL );
}

/* Only the functions that make chains name the error: others install what they are told to (§10.2). */
static void test_install_provider(void)
{
    WSAPROTOCOL_INFOW layer;
    struct list list;
    int ret, error;

    reset_catalog();
    get_list( &list );
    layer = make_layer( &list, L"Winetest layer" );
    write_file( temp_path, "MZ", 2 );
    ret = WSCInstallProvider( &lsp_guid, temp_path, &layer, 1, &error );
    ok( !ret, "Got %d, error %d.\n", ret, error );
    delete_file( temp_path );
}

#ifdef _WIN64

static int install_both( WCHAR *path, WCHAR *path32 )
{
    int ret, error = 0xdead;

    ret = WSCInstallProviderAndChains64_32( &lsp_guid, path, path32, lsp_name, 0, NULL, 0, NULL, &error );
    if (ret) return error;
    reset_catalog();
    return 0;
}

/* 32-bit processes have other folders under the same names. */
static void test_wow64(void)
{
    static const WCHAR *const folders[][2] =
    {
        {L"%ProgramFiles%\\", L"%ProgramFiles(x86)%\\"},
        {L"%CommonProgramFiles%\\", L"%CommonProgramFiles(x86)%\\"},
        {L"%SystemRoot%\\system32\\", L"%SystemRoot%\\syswow64\\"},
    };
    WCHAR absent[] = L"%SystemRoot%\\winetest_absent.dll", path[MAX_PATH], file[MAX_PATH];
    struct list base;
    struct dll dll;
    unsigned int i;
    int error;

    reset_catalog();
    get_list( &base );
    load_dll( &dll );
    write_file( temp_path, dll.data, dll.size );
    error = install_both( temp_path, absent );
    ok( !error, "Got error %d.\n", error );
    error = install_both( temp_path, temp_path );
    ok( error == WSAEINVALIDPROCTABLE, "Got error %d for a 64-bit DLL.\n", error );
    check_unchanged( &base );
    dll.nt->FileHeader.Machine = IMAGE_FILE_MACHINE_I386;
    write_file( temp_path, dll.data, dll.size );
    error = install_both( absent, temp_path );
    ok( !error, "Got error %d for a 32-bit DLL.\n", error );
    error = install_both( temp_path, absent );
    ok( error == WSAEINVALIDPROCTABLE, "Got error %d for a 32-bit DLL.\n", error );
    delete_file( temp_path );
    free( dll.data );

    for (i = 0; i < ARRAY_SIZE(folders); ++i)
    {
        winetest_push_context( "%ls", folders[i][0] );
        swprintf( path, ARRAY_SIZE(path), L"%lswinetestlsp.dll", folders[i][0] );

        ExpandEnvironmentStringsW( folders[i][0], file, ARRAY_SIZE(file) );
        wcscat( file, L"winetestlsp.dll" );
        write_file( file, "MZ", 2 );
        error = install_both( path, absent );
        ok( error == WSAEINVALIDPROCTABLE, "Got error %d.\n", error );
        error = install_both( absent, path );
        ok( !error, "Got error %d for the file of 64-bit programs.\n", error );
        delete_file( file );

        ExpandEnvironmentStringsW( folders[i][1], file, ARRAY_SIZE(file) );
        CreateDirectoryW( file, NULL );
        wcscat( file, L"winetestlsp.dll" );
        write_file( file, "MZ", 2 );
        error = install_both( path, absent );
        ok( !error, "Got error %d for the file of 32-bit programs.\n", error );
        error = install_both( absent, path );
        ok( error == WSAEINVALIDPROCTABLE, "Got error %d.\n", error );
        delete_file( file );
        winetest_pop_context();
    }
}

#endif /* _WIN64 */

START_TEST(catalog_dll)
{
    if (!save_catalog())
    {
        skip( "Cannot save the catalog.\n" );
        return;
    }
    GetTempPathW( ARRAY_SIZE(temp_path), temp_path );
    wcscat( temp_path, L"winetestlsp.dll" );
    test_headers();
    test_exports();
    test_truncated();
    test_paths();
    test_install_provider();
#ifdef _WIN64
    test_wow64();
#endif
    restore_catalog();
}
