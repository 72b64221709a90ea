/*
 * Name-space catalog: enumerating
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
#include "namespace.h"

/* The four structures differ in the type of the string, and in the blob at the end. */
C_ASSERT( sizeof(WSANAMESPACE_INFOA) == sizeof(WSANAMESPACE_INFOW) );
C_ASSERT( sizeof(WSANAMESPACE_INFOEXA) == sizeof(WSANAMESPACE_INFOEXW) );
C_ASSERT( offsetof( WSANAMESPACE_INFOEXW, lpszIdentifier ) == offsetof( WSANAMESPACE_INFOW, lpszIdentifier ) );

/* Which of them an enumeration gives. */
struct info_form
{
    BOOL unicode;
    BOOL blob;      /* the Ex functions */
};

static const struct info_form form_a = {FALSE, FALSE}, form_w = {TRUE, FALSE}, form_ex_a = {FALSE, TRUE},
                              form_ex_w = {TRUE, TRUE};

static size_t info_size( const struct info_form *form )
{
    return form->blob ? sizeof(WSANAMESPACE_INFOEXW) : sizeof(WSANAMESPACE_INFOW);
}

/* Blobs hold structures, so each begins at a multiple of 8 bytes. */
static size_t align_blob( size_t size )
{
    return (size + 7) & ~(size_t)7;
}

/* The bytes of a name with its NUL in the form; with dst not NULL they are stored there. */
static size_t put_name( const struct info_form *form, const WCHAR *name, void *dst )
{
    /* A character of no code page that Windows has takes more than 4 bytes. */
    int count = dst ? 4 * (NAMESPACE_NAME_LEN + 1) : 0;
    size_t size = (wcslen( name ) + 1) * sizeof(WCHAR);

    if (!form->unicode) return WideCharToMultiByte( CP_ACP, 0, name, -1, dst, count, NULL, NULL );
    if (dst) memcpy( dst, name, size );
    return size;
}

/* Where the parts of the answer are: structures, blobs, names. */
struct layout
{
    size_t blobs;   /* offsets in bytes */
    size_t names;
    size_t size;    /* of it all */
};

static struct layout get_layout( const struct info_form *form, const struct namespace_catalog *catalog )
{
    struct layout layout;
    unsigned int i;

    layout.blobs = catalog->count * info_size( form );
    layout.names = layout.blobs;
    if (form->blob)
    {
        layout.blobs = layout.names = align_blob( layout.blobs );
        for (i = 0; i < catalog->count; ++i) layout.names += align_blob( catalog->providers[i].info_size );
    }
    layout.size = layout.names;
    for (i = 0; i < catalog->count; ++i) layout.size += put_name( form, catalog->providers[i].name, NULL );
    return layout;
}

/* Fills a copy of the answer, whose pointers are those of the application's buffer. */
static void fill_answer( const struct info_form *form, const struct namespace_catalog *catalog,
                         struct layout layout, char *copy, char *buffer )
{
    unsigned int i;

    for (i = 0; i < catalog->count; ++i)
    {
        const struct namespace_provider *provider = &catalog->providers[i];
        WSANAMESPACE_INFOEXW info =
        {
            .NSProviderId = provider->id,
            .dwNameSpace = provider->name_space,
            .fActive = provider->enabled,
            .dwVersion = provider->version,
            .lpszIdentifier = (WCHAR *)(buffer + layout.names),
        };

        layout.names += put_name( form, provider->name, copy + layout.names );
        if (form->blob && provider->info_size)
        {
            info.ProviderSpecific.cbSize = provider->info_size;
            info.ProviderSpecific.pBlobData = (BYTE *)buffer + layout.blobs;
            memcpy( copy + layout.blobs, provider->info, provider->info_size );
            layout.blobs += align_blob( provider->info_size );
        }
        memcpy( copy + i * info_size( form ), &info, info_size( form ) );
    }
}

/* All or nothing: a buffer that is too small, or NULL, is left alone, and *size becomes the number of bytes that are
 * needed. Returns 0 or an error. */
static int put_catalog( const struct info_form *form, const struct namespace_catalog *catalog, DWORD *size,
                        void *buffer )
{
    struct layout layout = get_layout( form, catalog );
    DWORD available, needed = layout.size;
    char *copy;
    int error = 0;

    if (layout.size > MAXDWORD) return WSA_NOT_ENOUGH_MEMORY;
    if (!copy_from_app( &available, size, sizeof(available) )) return WSAEFAULT;
    if (!buffer || available < needed)
    {
        copy_to_app( size, &needed, sizeof(needed) );
        return WSAEFAULT;
    }

    if (!(copy = calloc( 1, max( needed, 1 ) ))) return WSA_NOT_ENOUGH_MEMORY;
    fill_answer( form, catalog, layout, copy, buffer );
    if (!copy_to_app( buffer, copy, needed )) error = WSAEFAULT;
    free( copy );
    return error;
}

static int enum_providers( enum catalog_kind kind, const struct info_form *form, DWORD *size, void *buffer )
{
    struct namespace_catalog catalog = {0};
    int error, count = 0;

    if (!ensure_started()) return SOCKET_ERROR;

    if (!(error = namespace_catalog_read( kind, &catalog )))
    {
        count = catalog.count;
        error = put_catalog( form, &catalog, size, buffer );
        namespace_catalog_clear( &catalog );
    }
    TRACE( "returning error %d, %d providers\n", error, count );
    if (!error) return count;
    SetLastError( error );
    return SOCKET_ERROR;
}

/***********************************************************************
 *      WSAEnumNameSpaceProvidersA   (ws2_32.47)
 */
int WINAPI WSAEnumNameSpaceProvidersA( DWORD *size, WSANAMESPACE_INFOA *buffer )
{
    TRACE( "size %p, buffer %p\n", size, buffer );

    return enum_providers( CATALOG_NATIVE, &form_a, size, buffer );
}

/***********************************************************************
 *      WSAEnumNameSpaceProvidersW   (ws2_32.48)
 */
int WINAPI WSAEnumNameSpaceProvidersW( DWORD *size, WSANAMESPACE_INFOW *buffer )
{
    TRACE( "size %p, buffer %p\n", size, buffer );

    return enum_providers( CATALOG_NATIVE, &form_w, size, buffer );
}

/***********************************************************************
 *      WSAEnumNameSpaceProvidersExA   (ws2_32.@)
 */
int WINAPI WSAEnumNameSpaceProvidersExA( DWORD *size, WSANAMESPACE_INFOEXA *buffer )
{
    TRACE( "size %p, buffer %p\n", size, buffer );

    return enum_providers( CATALOG_NATIVE, &form_ex_a, size, buffer );
}

/***********************************************************************
 *      WSAEnumNameSpaceProvidersExW   (ws2_32.@)
 */
int WINAPI WSAEnumNameSpaceProvidersExW( DWORD *size, WSANAMESPACE_INFOEXW *buffer )
{
    TRACE( "size %p, buffer %p\n", size, buffer );

    return enum_providers( CATALOG_NATIVE, &form_ex_w, size, buffer );
}

#ifdef _WIN64
/***********************************************************************
 *      WSCEnumNameSpaceProviders32   (ws2_32.@)
 */
int WINAPI WSCEnumNameSpaceProviders32( DWORD *size, WSANAMESPACE_INFOW *buffer )
{
    TRACE( "size %p, buffer %p\n", size, buffer );

    return enum_providers( CATALOG_32, &form_w, size, buffer );
}

/***********************************************************************
 *      WSCEnumNameSpaceProvidersEx32   (ws2_32.@)
 */
int WINAPI WSCEnumNameSpaceProvidersEx32( DWORD *size, WSANAMESPACE_INFOEXW *buffer )
{
    TRACE( "size %p, buffer %p\n", size, buffer );

    return enum_providers( CATALOG_32, &form_ex_w, size, buffer );
}
#endif
