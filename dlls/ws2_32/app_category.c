/*
 * Categories of applications: AppId_Catalog
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
#include "app_memory.h"
#include "category.h"
#include "install.h"

#define VALUE_PATH      L"AppFullPath"
#define VALUE_ARGS      L"AppArgs"
#define VALUE_PERMITTED L"PermittedLspCategories"

#define MAX_TEXT 32766      /* characters that a UNICODE_STRING holds, and so a path or a command line */

static void free_application( struct application *app )
{
    free( app->path );
    free( app->args );
}

/* --- text --- */

static BOOL is_blank( WCHAR c )
{
    return c == ' ' || c == '\t';
}

/* A copy of a text without blanks around it, to be freed with free(). NULL without memory. */
static WCHAR *copy_trimmed( const WCHAR *text )
{
    WCHAR *ret;
    size_t len;

    while (is_blank( *text )) ++text;
    for (len = wcslen( text ); len && is_blank( text[len - 1] );) --len;
    if (!(ret = malloc( (len + 1) * sizeof(*ret) ))) return NULL;
    memcpy( ret, text, len * sizeof(*ret) );
    ret[len] = 0;
    return ret;
}

/* The same with environment strings expanded. */
static WCHAR *expand_path( const WCHAR *path )
{
    DWORD len = ExpandEnvironmentStringsW( path, NULL, 0 );
    WCHAR *ret;

    if (!(ret = malloc( (len + 1) * sizeof(*ret) ))) return NULL;
    ret[0] = 0;
    ExpandEnvironmentStringsW( path, ret, len );
    return ret;
}

static BOOL same_text( const WCHAR *text, const WCHAR *other )
{
    return CompareStringOrdinal( text, -1, other, -1, TRUE ) == CSTR_EQUAL;
}

static BOOL same_application( const struct application *app, const struct application *other )
{
    return same_text( app->path, other->path ) && same_text( app->args, other->args );
}

/* --- the registry --- */

/* Reads a string value, to be freed with free(). Returns 0 or an error, ERROR_FILE_NOT_FOUND also for a value that is
 * no string. */
static LSTATUS read_string( HKEY key, const WCHAR *name, WCHAR **ret )
{
    const DWORD flags = RRF_RT_REG_SZ | RRF_RT_REG_EXPAND_SZ | RRF_NOEXPAND;
    WCHAR *string = NULL, *new_string;
    DWORD size = 0;
    LSTATUS status;

    while (!(status = RegGetValueW( key, NULL, name, flags, NULL, string, &size )) || status == ERROR_MORE_DATA)
    {
        if (!status && string) break;
        if (!(new_string = realloc( string, size + sizeof(*string) )))
        {
            status = ERROR_NOT_ENOUGH_MEMORY;
            break;
        }
        string = new_string;
    }
    if (status) free( string );
    else *ret = string;
    return status == ERROR_UNSUPPORTED_TYPE ? ERROR_FILE_NOT_FOUND : status;
}

/* Reads a key of AppId_Catalog. Returns 0 or an error, ERROR_FILE_NOT_FOUND if it does not describe an application
 * that has a category. */
static LSTATUS read_application( HKEY key, struct application *app, DWORD *permitted )
{
    WCHAR *path = NULL, *args = NULL;
    DWORD size = sizeof(*permitted);
    LSTATUS status;

    memset( app, 0, sizeof(*app) );
    if (RegGetValueW( key, NULL, VALUE_PERMITTED, RRF_RT_REG_DWORD, NULL, permitted, &size ))
        return ERROR_FILE_NOT_FOUND;
    if ((status = read_string( key, VALUE_PATH, &path ))) return status;
    status = read_string( key, VALUE_ARGS, &args );
    if (status == ERROR_FILE_NOT_FOUND) status = 0;
    if (!status)
    {
        app->path = expand_path( path );
        app->args = copy_trimmed( args ? args : L"" );
        if (!app->path || !app->args) status = ERROR_NOT_ENOUGH_MEMORY;
    }
    if (status) free_application( app );
    free( path );
    free( args );
    return status;
}

/* Whether a key below AppId_Catalog is that of an application; if so, *permitted is what that permits. */
static LSTATUS match_key( HKEY catalog, const WCHAR *name, const struct application *app, DWORD *permitted,
                          BOOL *matches )
{
    struct application other;
    DWORD other_permitted;
    LSTATUS status;
    HKEY key;

    *matches = FALSE;
    if (!(status = RegOpenKeyExW( catalog, name, 0, KEY_READ, &key )))
    {
        if (!(status = read_application( key, &other, &other_permitted )))
        {
            if ((*matches = same_application( &other, app ))) *permitted = other_permitted;
            free_application( &other );
        }
        RegCloseKey( key );
    }
    if (status != ERROR_FILE_NOT_FOUND) return status;
    TRACE( "Passing over %s.\n", debugstr_w(name) );
    return 0;
}

/* The hash in the names of Windows' keys is not known, so that all are looked at (§14.3). Nobody deletes keys: one
 * that is made meanwhile moves others to a higher index only. *name is that of the key. Returns 0 or an error,
 * ERROR_FILE_NOT_FOUND, with *permitted as it was, if the application has no category. */
static LSTATUS find_key( HKEY catalog, const struct application *app, WCHAR name[256], DWORD *permitted )
{
    BOOL found = FALSE;
    LSTATUS status = 0;
    DWORD i, len;

    for (i = 0; !status && !found; ++i)
    {
        len = 256;
        if (!(status = RegEnumKeyExW( catalog, i, name, &len, NULL, NULL, NULL, NULL )))
            status = match_key( catalog, name, app, permitted, &found );
    }
    return status == ERROR_NO_MORE_ITEMS ? ERROR_FILE_NOT_FOUND : status;
}

/* FNV-1a */
static DWORD hash_text( const WCHAR *text )
{
    DWORD hash = 0x811c9dc5;

    for (; *text; ++text) hash = (hash ^ towupper( *text )) * 0x01000193;
    return hash;
}

/* Opens a key for a new application: one that is not there, or that a killed writer has left unfinished. */
static LSTATUS create_key( HKEY catalog, const struct application *app, HKEY *ret )
{
    DWORD hash = hash_text( app->path ), args_hash = hash_text( app->args ), permitted;
    struct application other;
    WCHAR name[18];
    LSTATUS status;

    for (;; ++hash)
    {
        if (*app->args) swprintf( name, ARRAY_SIZE(name), L"%08X-%08X", hash, args_hash );
        else swprintf( name, ARRAY_SIZE(name), L"%08X", hash );
        if ((status = RegCreateKeyExW( catalog, name, 0, NULL, 0, KEY_READ | KEY_WRITE, NULL, ret, NULL )))
            return status;

        status = read_application( *ret, &other, &permitted );
        if (status == ERROR_FILE_NOT_FOUND) return 0;
        RegCloseKey( *ret );
        if (status) return status;
        free_application( &other );
    }
}

/* What is permitted comes last: until then the key says nothing. */
static LSTATUS add_application( HKEY catalog, const struct application *app, const WCHAR *path, DWORD permitted )
{
    LSTATUS status;
    HKEY key;

    if ((status = create_key( catalog, app, &key ))) return status;
    if (*app->args) registry_set_string( key, VALUE_ARGS, app->args, &status );
    else if ((status = RegDeleteValueW( key, VALUE_ARGS )) == ERROR_FILE_NOT_FOUND) status = 0;
    registry_set_string( key, VALUE_PATH, path, &status );
    registry_set_dword( key, VALUE_PERMITTED, permitted, &status );
    RegCloseKey( key );
    return status;
}

static LSTATUS change_application( HKEY catalog, const WCHAR *name, DWORD permitted )
{
    LSTATUS status;
    HKEY key;

    if ((status = RegOpenKeyExW( catalog, name, 0, KEY_SET_VALUE, &key ))) return status;
    registry_set_dword( key, VALUE_PERMITTED, permitted, &status );
    RegCloseKey( key );
    return status;
}

static LSTATUS permit_more( const struct application *app, const WCHAR *path, DWORD more, DWORD *previous )
{
    LSTATUS status;
    WCHAR name[256];
    HKEY catalog;

    *previous = 0;
    if ((status = RegCreateKeyExW( HKEY_LOCAL_MACHINE, APP_ID_KEY, 0, NULL, 0, KEY_READ | KEY_WRITE, NULL, &catalog,
                                   NULL )))
        return status;
    if (!(status = find_key( catalog, app, name, previous )))
        status = change_application( catalog, name, *previous | more );
    else if (status == ERROR_FILE_NOT_FOUND)
        status = add_application( catalog, app, path, more );
    RegCloseKey( catalog );
    return status;
}

static int find_category( HKEY catalog, const struct application *app, DWORD *permitted )
{
    WCHAR name[256];
    LSTATUS status = find_key( catalog, app, name, permitted );

    return status == ERROR_FILE_NOT_FOUND ? WSASERVICE_NOT_FOUND : error_from_registry( status );
}

/* WSASERVICE_NOT_FOUND: no application has a category. */
static int open_app_catalog( HKEY *ret )
{
    LSTATUS status = RegOpenKeyExW( HKEY_LOCAL_MACHINE, APP_ID_KEY, 0, KEY_READ, ret );

    return status == ERROR_FILE_NOT_FOUND ? WSASERVICE_NOT_FOUND : error_from_registry( status );
}

/* --- this process --- */

/* The path of the image, which the caller frees; NULL without memory. */
static WCHAR *get_image_path(void)
{
    WCHAR *path = NULL, *new_path;
    DWORD size;

    for (size = MAX_PATH; (new_path = realloc( path, size * sizeof(*path) )); size *= 2)
    {
        path = new_path;
        path[0] = 0;
        if (GetModuleFileNameW( NULL, path, size ) < size) return path;
    }
    free( path );
    return NULL;
}

/* The command line behind the program's name, which ends at a blank, or is in quotes. */
static const WCHAR *skip_program_name( const WCHAR *command )
{
    BOOL quoted = FALSE;

    for (; *command && (quoted || !is_blank( *command )); ++command)
        if (*command == '"') quoted = !quoted;
    return command;
}

int app_category_of_process( DWORD *permitted )
{
    struct application app;
    HKEY catalog;
    int error;

    if ((error = open_app_catalog( &catalog ))) return error;

    app.path = get_image_path();
    app.args = copy_trimmed( skip_program_name( GetCommandLineW() ));
    if (!app.path || !app.args) error = WSA_NOT_ENOUGH_MEMORY;
    else error = find_category( catalog, &app, permitted );
    if (error == WSASERVICE_NOT_FOUND && *app.args)
    {
        *app.args = 0;
        error = find_category( catalog, &app, permitted );
    }
    free_application( &app );
    RegCloseKey( catalog );
    return error;
}

/* --- the API --- */

/* Copies a text of a given length from an application. Returns 0, WSAEFAULT, WSAEINVAL for one that is too long or
 * has a NUL inside, or WSA_NOT_ENOUGH_MEMORY. */
static int copy_text( const WCHAR *app_text, DWORD len, WCHAR **ret )
{
    WCHAR *text;
    int error = 0;

    if (len > MAX_TEXT) return WSAEINVAL;
    if (!(text = malloc( (len + 1) * sizeof(*text) ))) return WSA_NOT_ENOUGH_MEMORY;
    text[len] = 0;
    if (!copy_from_app( text, app_text, len * sizeof(*text) )) error = WSAEFAULT;
    else if (wcslen( text ) != len) error = WSAEINVAL;
    if (error) free( text );
    else *ret = text;
    return error;
}

/* The caller frees *path, which is as it was given, and *app. */
static int get_application( const WCHAR *app_path, DWORD path_len, const WCHAR *app_args, DWORD args_len,
                            WCHAR **path, struct application *app )
{
    WCHAR *args;
    int error;

    /* Even if it is NULL (Wine's tests, which run on Windows, too). */
    if (!path_len) return WSAEINVAL;
    if (!app_path || (!app_args && args_len)) return WSAEFAULT;
    if ((error = copy_text( app_path, path_len, path ))) return error;
    if ((error = copy_text( app_args, args_len, &args )))
    {
        free( *path );
        return error;
    }
    app->path = expand_path( *path );
    app->args = copy_trimmed( args );
    free( args );
    if (app->path && app->args) return 0;
    free_application( app );
    free( *path );
    return WSA_NOT_ENOUGH_MEMORY;
}

static int get_application_category( const WCHAR *app_path, DWORD path_len, const WCHAR *app_args, DWORD args_len,
                                     DWORD *app_permitted )
{
    struct application app;
    DWORD permitted = 0;
    WCHAR *path;
    HKEY catalog;
    int error;

    if ((error = get_application( app_path, path_len, app_args, args_len, &path, &app ))) return error;
    if (!copy_to_app( app_permitted, &permitted, sizeof(permitted) )) error = WSAEFAULT;
    else if (!(error = open_app_catalog( &catalog )))
    {
        error = find_category( catalog, &app, &permitted );
        if (!error) copy_to_app( app_permitted, &permitted, sizeof(permitted) );
        RegCloseKey( catalog );
    }
    free_application( &app );
    free( path );
    return error;
}

/***********************************************************************
 *      WSCGetApplicationCategory   (ws2_32.@)
 *
 * Gives what an application permits. Fails with WSASERVICE_NOT_FOUND if it has no category, that is, if none was set
 * for this path with these arguments; WSAEFAULT; WSAEINVAL for an empty path, or a text that is too long or has a
 * NUL inside; WSA_NOT_ENOUGH_MEMORY; WSANO_RECOVERY if the registry cannot be read. Lengths are in characters, and do
 * not count a NUL; see category.h for what is the same application.
 */
int WINAPI WSCGetApplicationCategory( const WCHAR *path, DWORD len, const WCHAR *extra, DWORD extra_len,
                                      DWORD *permitted, int *error )
{
    TRACE( "path %s, extra %s, permitted %p, error %p\n", debugstr_wn(path, len), debugstr_wn(extra, extra_len),
           permitted, error );

    return wsc_result( get_application_category( path, len, extra, extra_len, permitted ), error );
}

static int set_application_category( const WCHAR *app_path, DWORD path_len, const WCHAR *app_args, DWORD args_len,
                                     DWORD permitted, DWORD *app_previous )
{
    struct application app;
    struct catalog_edit *edit;
    DWORD previous = 0;
    WCHAR *path;
    int error;

    if ((error = get_application( app_path, path_len, app_args, args_len, &path, &app ))) return error;
    /* Before anything is changed. */
    if (app_previous && !copy_to_app( app_previous, &previous, sizeof(previous) )) error = WSAEFAULT;
    else if (!(error = begin_edit( &edit )))
    {
        error = error_from_registry( permit_more( &app, path, permitted, &previous ));
        if (!error) error = catalog_edit_touch( edit );
        catalog_edit_end( edit );
    }
    if (!error && app_previous) copy_to_app( app_previous, &previous, sizeof(previous) );
    free_application( &app );
    free( path );
    return error;
}

/***********************************************************************
 *      WSCSetApplicationCategory   (ws2_32.122)
 *
 * Adds to what an application permits: nothing is taken away (§11). *previous, if it is wanted, is what it permitted
 * before, 0 if it had no category. Fails as WSCGetApplicationCategory does, but not with WSASERVICE_NOT_FOUND; with
 * WSANO_RECOVERY also if the registry cannot be written, or another writer does not finish. A process that has called
 * WSAStartup goes on as it is.
 */
int WINAPI WSCSetApplicationCategory( const WCHAR *path, DWORD len, const WCHAR *extra, DWORD extra_len,
                                      DWORD permitted, DWORD *previous, int *error )
{
    TRACE( "path %s, extra %s, permitted %#lx, previous %p, error %p\n", debugstr_wn(path, len),
           debugstr_wn(extra, extra_len), permitted, previous, error );

    return wsc_result( set_application_category( path, len, extra, extra_len, permitted, previous ), error );
}
